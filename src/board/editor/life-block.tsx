import { Life } from '../../view/life/life.js';
import type { LifeStep } from '../../view/life/step-kind.js';
import { t } from '../text.js';
import { addStep, lifeIn, mappingOf, type Step } from './change-life.js';
import { said, text, words, write } from './draft.js';
import { readEta } from './length.js';
import { StepCard } from './step-card.js';
import type { Words } from './words.js';

/** A step for the drawing of the whole life. */
function drawn(step: Step, { states, faults, errors }: Words): LifeStep {
  const answer = mappingOf(step.answer);
  const code = mappingOf(step.error)?.code;
  const eta = readEta(step.eta);
  const text = (value: unknown) => (value === undefined ? undefined : String(value));
  return {
    state: answer || step.token !== undefined ? undefined : (text(step.state) ?? '…'),
    outcome: states.find(({ name }) => name === step.state)?.outcome,
    error: errors.find((one) => one.code === text(code))?.text ?? text(code),
    http: answer && answer.fault === undefined ? Number(answer.http ?? 500) : undefined,
    fault: text(answer?.fault),
    fault_title: faults.find(({ name }) => name === answer?.fault)?.title,
    token: text(step.token),
    for: text(step.for),
    eta: eta.from === 'truth' ? undefined : eta.after,
    eta_from: eta.from,
    off_contract: step.off_contract === true,
  };
}

/** The steps that the job lives through. */
export function LifeBlock() {
  const known = words.value;
  const life = lifeIn(said.value.life);
  if (!known) return null;
  if (said.value.refuse !== undefined) {
    return (
      <section class="block" aria-labelledby="editor-life">
        <h2 id="editor-life">{t('The request itself is refused')}</h2>
        <p class="quiet">{t('There is no job. Also in the YAML: refuse')}</p>
      </section>
    );
  }
  return (
    <section class="block" aria-labelledby="editor-life">
      <h2 id="editor-life">{t('The life of the job')}</h2>
      <Life steps={life.map((step) => drawn(step, known))} />
      <ol class="life-cards">
        {life.map((step, index) => (
          <StepCard key={index} step={step} index={index} count={life.length} words={known} />
        ))}
      </ol>
      {life.length === 0 && (
        <button type="button" onClick={() => write(addStep(text.value, -1, known))}>
          {t('Add a step')}
        </button>
      )}
    </section>
  );
}
