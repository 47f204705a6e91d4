import { t } from '../text.js';
import { addStep, lifeIn } from './change-life.js';
import { said, text, words, write } from './draft.js';
import { StepCard } from './step-card.js';

/** The steps that the job lives through. */
export function LifeBlock() {
  const known = words.value;
  const life = lifeIn(said.value?.life);
  if (!known) return null;
  if (said.value?.refuse !== undefined) {
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
      <ol class="steps">
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
