import type { ProcessVerdict, Proof, StepVerdict } from '../../audit/verdict.js';
import { tellCourse, tellProcess, tellWhen, weightOf } from '../../report/process-words.js';
import { clip } from '../printable.js';
import { Prose } from '../prose.js';
import { useText } from '../text.js';
import { Badge, type Come } from './outcome.js';
import { ProofLine } from './proof.js';
import { sentence } from './sentence.js';

/** The steps of a process, each with what has become of it and the exchanges that show that. */
export function Steps({ process, id }: { process: ProcessVerdict; id: string }) {
  const t = useText();
  return (
    <section aria-labelledby={`${id}-steps`}>
      <h3 id={`${id}-steps`}>{t(process.title)}</h3>
      <p class="about">
        {tellCourse(process)}: {t(tellProcess(process))}
      </p>
      <ol class="steps">
        {process.steps.map((step) => (
          <Step key={step.step} step={step} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step }: { step: StepVerdict }) {
  const t = useText();
  const { step: name, title, outcome, told, evidence, optional } = step;
  const weight = weightOf(step);
  const said = told === undefined ? t(outcome) : `${t(outcome)}: ${t(told)}`;
  return (
    <li class={weight}>
      <Badge
        come={outcome === 'not reached' ? 'untested' : (weight satisfies Come)}
        spoken={outcome}
      />
      <div>
        <span class="step-name">{t(title)}</span> <code>{name}</code>
        {optional && <span class="quiet"> {t('may be left out')}</span>}
      </div>
      <span class="when">{tellWhen(step)}</span>
      {outcome !== 'done' && (
        <p class="step-told">
          <Prose text={clip(sentence(said), 800)} />
        </p>
      )}
      {evidence.length > 0 && <StepProofs evidence={evidence} folded={outcome === 'done'} />}
    </li>
  );
}

function StepProofs({ evidence, folded }: { evidence: readonly Proof[]; folded: boolean }) {
  const t = useText();
  const proofs = (
    <ol class="evidence">
      {evidence.map((proof) => (
        <ProofLine key={proof.seq} proof={proof} />
      ))}
    </ol>
  );
  if (!folded) return proofs;
  return (
    <details>
      <summary>{evidence.length === 1 ? t('The exchange') : t('The exchanges')}</summary>
      {proofs}
    </details>
  );
}
