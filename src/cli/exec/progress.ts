import pc from 'picocolors';
import { formatCount } from '../../audit/format.js';
import {
  commandFailed,
  describeCommandEnd,
  formatCounts,
  isKnown,
  isRed,
  wasNotPlayed,
} from '../../report/describe.js';
import { describeFast } from '../../report/fast-line.js';
import type { Chapter } from '../../report/report.js';
import { t } from '../../texts/spoken.js';

const REDRAWN_EVERY = 200;
const CLEAR_LINE = '\r\u001b[K';

/** Tells how a run goes on. */
export interface Progress {
  begin(index: number, name: string, requests: () => number): void;
  end(index: number, chapter: Chapter): void;
  /** Nothing more comes: what was drawn goes. */
  over(): void;
}

/** Tells what is being played: a line that is redrawn on a terminal, a line at the end elsewhere. */
export function makeProgress(total: number, out: NodeJS.WriteStream): Progress {
  let timer: NodeJS.Timeout | undefined;
  const live = out.isTTY === true;
  const clear = () => {
    clearInterval(timer);
    if (live) out.write(CLEAR_LINE);
  };
  return {
    begin: (index, name, requests) => {
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
    end: (index, chapter) => {
      clear();
      out.write(`${at(index, total)} ${tell(chapter)}\n`);
    },
    over: clear,
  };
}

/** How many names of scenarios that are being played are told. */
const NAMED = 3;

/**
 * The same for scenarios side by side: a line for each in their order, and one more that tells what is left, on stderr.
 * @param shown the output of each command is told behind its line
 * @param asked that line is told where nobody looks at a terminal, too: each time that a scenario ends
 */
export function makeSideBySide(
  total: number,
  {
    out,
    err,
    shown,
    asked,
  }: { out: NodeJS.WriteStream; err: NodeJS.WriteStream; shown: boolean; asked: boolean },
): Progress {
  const live = err.isTTY === true;
  const playing = new Map<number, string>();
  const done = new Map<number, Chapter>();
  const began = performance.now();
  let next = 0;
  let ended = 0;
  const line = () => {
    const names = [...playing.values()];
    const more = names.length > NAMED ? ` +${names.length - NAMED}` : '';
    const left = total - ended;
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    return `${t`${ended} of ${total} played, ${left} left, ${seconds} s`}: ${names.slice(0, NAMED).join(', ')}${more}`;
  };
  const clear = () => {
    if (live) err.write(CLEAR_LINE);
  };
  const draw = () => err.write(`${CLEAR_LINE}${pc.dim(line())}`);
  const timer = live ? setInterval(draw, REDRAWN_EVERY) : undefined;
  timer?.unref();
  const flush = () => {
    for (let chapter = done.get(next); chapter; chapter = done.get(next)) {
      out.write(`${at(next, total)} ${tell(chapter)}\n`);
      if (shown && chapter.command) out.write(chapter.command.output);
      next += 1;
    }
  };
  return {
    begin: (index, name) => {
      playing.set(index, name);
    },
    end: (index, chapter) => {
      playing.delete(index);
      done.set(index, chapter);
      ended += 1;
      clear();
      flush();
      if (asked && !live) err.write(`${line()}\n`);
    },
    over: () => {
      clearInterval(timer);
      clear();
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
    : isKnown(chapter)
      ? pc.dim('~')
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
