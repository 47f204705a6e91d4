import type { createColors } from 'picocolors';
import { formatClockTime } from '../audit/format.js';
import type { ProcessVerdict } from '../audit/verdict.js';
import { t } from '../texts/spoken.js';
import { printable } from '../view/printable.js';
import { tellProof } from './describe.js';
import {
  STEP_GLYPHS,
  tellCourse,
  tellProcess,
  tellStepOutcome,
  tellWhen,
  weightOf,
} from './process-words.js';

type Colors = ReturnType<typeof createColors>;

/** Each step in a line, what was wrong below it, and the exchanges that show that. */
export function processLines(process: ProcessVerdict, paint: Colors, brief = false): string[] {
  const { steps } = process;
  const width = Math.max(...steps.map(({ step }) => step.length));
  const head = `${paint.bold(printable(tellCourse(process)))}  ${tellProcess(process)}`;
  return [
    head,
    ...steps.flatMap((step, i) => {
      const color = COLORS[weightOf(step)];
      const number = String(i + 1).padStart(String(steps.length).length);
      const mark = paint[color](STEP_GLYPHS[step.outcome]);
      const when = tellWhen(step);
      const line = `  ${mark} ${number} ${step.step.padEnd(width)}  ${printable(t(step.title))}${when && paint.dim(`  ${when}`)}`;
      const told = tellStepOutcome(step);
      const proofs = step.outcome === 'done' || brief ? [] : step.evidence;
      return [
        line,
        ...(told === '' || (brief && step.outcome === 'skipped')
          ? []
          : [`      ${paint[color](printable(told))}`]),
        ...proofs.map(({ seq, at, text }) =>
          printable(`        #${seq} ${formatClockTime(at)}  ${tellProof({ text })}`),
        ),
      ];
    }),
  ];
}

const COLORS = { passed: 'green', error: 'red', warning: 'yellow', off: 'dim' } as const;
