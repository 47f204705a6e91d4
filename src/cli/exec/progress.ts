import pc from 'picocolors';
import { formatCount } from '../../audit/format.js';
import {
  commandFailed,
  describeCommandEnd,
  formatCounts,
  isRed,
  wasNotPlayed,
} from '../../report/describe.js';
import { describeFast } from '../../report/fast-line.js';
import type { Chapter } from '../../report/report.js';
import { t } from '../../texts/spoken.js';

const REDRAWN_EVERY = 200;
const CLEAR_LINE = '\r\u001b[K';

/** Tells what is being played: a line that is redrawn on a terminal, a line at the end elsewhere. */
export function makeProgress(total: number, out: NodeJS.WriteStream) {
  let timer: NodeJS.Timeout | undefined;
  const live = out.isTTY === true;
  return {
    begin: (index: number, name: string, requests: () => number): void => {
      if (!live) return;
      const began = performance.now();
      const draw = () => {
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        out.write(
          `${CLEAR_LINE}${at(index, total)} ${name}  ${t`${seconds} s`}, ${t(formatCount(requests(), 'request'))}`,
        );
      };
      draw();
      timer = setInterval(draw, REDRAWN_EVERY);
      timer.unref();
    },
    end: (index: number, chapter?: Chapter): void => {
      clearInterval(timer);
      if (live) out.write(CLEAR_LINE);
      if (chapter) out.write(`${at(index, total)} ${tell(chapter)}\n`);
    },
  };
}

function at(index: number, total: number): string {
  return pc.dim(`[${index + 1}/${total}]`);
}

function tell(chapter: Chapter): string {
  const { name, verdict, command } = chapter;
  const failed = commandFailed(command);
  const mark = isRed(chapter)
    ? pc.red('✗')
    : failed || wasNotPlayed(chapter)
      ? pc.yellow('!')
      : pc.green('✓');
  const end = command
    ? failed
      ? describeCommandEnd(command)
      : t`${(command.took / 1000).toFixed(1)} s`
    : '';
  const doubt = chapter.fast && describeFast(chapter.fast);
  const told = [
    formatCounts([chapter]),
    t(formatCount(verdict.exchanges, 'request')),
    end,
    ...(doubt === undefined ? [] : [doubt]),
  ];
  return `${mark} ${name}  ${pc.dim(told.join(', '))}`;
}
