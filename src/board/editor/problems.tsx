import type { LintProblem } from '../../sandbox/control/lint-view.js';
import { Prose } from '../../view/prose.js';
import { t } from '../text.js';
import { report, text } from './draft.js';
import { stepOfLine } from './step-of-line.js';
import { reveal } from './yaml-editor.js';

/** What lint has against a step. */
export function StepProblems({ index, onPurpose }: { index: number; onPurpose: () => void }) {
  const own = (report.value?.problems ?? []).filter(
    ({ line }) => stepOfLine(text.value, line) === index,
  );
  if (own.length === 0) return null;
  const breaks = own.some(({ hint }) => hint?.includes('off_contract: true'));
  return (
    <div class="problems">
      <ProblemList problems={own} />
      {breaks && (
        <button type="button" onClick={onPurpose}>
          {t('It is on purpose')}
        </button>
      )}
    </div>
  );
}

export function ProblemList({ problems }: { problems: readonly LintProblem[] }) {
  return (
    <ul>
      {problems.map((problem) => (
        <li key={`${problem.line}:${problem.column} ${problem.message}`} class={problem.severity}>
          <button type="button" class="link" onClick={() => reveal(problem.line)}>
            {t`Line ${problem.line}`}
          </button>
          <span>
            <Prose text={told(problem)} />
          </span>{' '}
          <code>{problem.code}</code>
        </li>
      ))}
    </ul>
  );
}

function told({ message, hint }: LintProblem): string {
  return hint === undefined ? t(message) : `${t(message)} – ${t(hint)}`;
}
