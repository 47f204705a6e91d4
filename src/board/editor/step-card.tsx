import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../text.js';
import { AnswerShown } from './answer-shown.js';
import {
  addStep,
  changeKind,
  copyStep,
  dropStep,
  type Kind,
  kindOf,
  mappingOf,
  moveStep,
  outcomeOf,
  type Step,
  setInStep,
} from './change-life.js';
import { report, text, write } from './draft.js';
import { ErrorChoice } from './error-choice.js';
import { EtaChoice } from './eta-choice.js';
import { TextField } from './fields.js';
import { KindChoice, titleOf } from './kind-choice.js';
import { LastsChoice } from './lasts-choice.js';
import { StepProblems } from './problems.js';
import type { Words } from './words.js';
import { reveal } from './yaml-editor.js';

interface Props {
  step: Step;
  index: number;
  count: number;
  words: Words;
}

/** Where the focus goes once the cards are drawn again. */
let focusNext: { index: number; button: string } | undefined;

/** Keys that a card shows; others are told of. */
const SHOWN = ['state', 'answer', 'token', 'error', 'for', 'eta', 'delay', 'off_contract'];

/** One step of the life: what is told, for how long, and what is sent. */
export function StepCard({ step, index, count, words }: Props) {
  const card = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    if (focusNext?.index !== index) return;
    const wanted = card.current?.querySelector<HTMLElement>(
      `[data-act="${focusNext.button}"]:not(:disabled)`,
    );
    (wanted ?? card.current?.querySelector<HTMLElement>('select'))?.focus();
    focusNext = undefined;
  });
  const kind = kindOf(step);
  const answer = report.value?.answers.find((one) => one.step === index + 1);
  const more = Object.keys(step).filter((key) => !SHOWN.includes(key));
  const set = (path: readonly string[], value: unknown) =>
    write(setInStep(text.value, index, path, value));
  const move = (to: number, button: string) => {
    if (to < 0 || to >= count) return;
    focusNext = { index: to, button };
    write(moveStep(text.value, index, to));
  };
  return (
    <li
      ref={card}
      class={`step ${toneOf(kind, words)}`}
      aria-label={t`Step ${index + 1}: ${titleOf(kind)}`}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        if (event.key === 'ArrowUp') move(index - 1, 'up');
        else move(index + 1, 'down');
      }}
    >
      <div class="step-head">
        <span class="step-number" aria-hidden="true">
          {index + 1}
        </span>
        <KindChoice
          kind={kind}
          words={words}
          onKind={(next) => write(changeKind(text.value, index, next, words))}
        />
        <LastsChoice
          step={step}
          last={index === count - 1}
          onLasts={(next) => set(['for'], next)}
        />
      </div>
      {kind.is === 'state' && outcomeOf(kind.name, words) === 'failed' && (
        <ErrorChoice
          error={mappingOf(step.error)}
          words={words}
          onError={(next) => set(['error'], next)}
        />
      )}
      <details class="step-more">
        <summary>{t('More about this step')}</summary>
        <div class="fields">
          <EtaChoice eta={step.eta} onEta={(next) => set(['eta'], next)} />
          <TextField
            label={t('The answer is sent so much later')}
            value={String(step.delay ?? '')}
            hint={t('For example 5s; empty: at once.')}
            onText={(next) => set(['delay'], next === '' ? undefined : next)}
          />
          {kind.is === 'answer' && (
            <TextField
              label="Retry-After"
              value={String(mappingOf(step.answer)?.retry_after ?? '')}
              hint={t('For example 3s; empty: without.')}
              onText={(next) => set(['answer', 'retry_after'], next === '' ? undefined : next)}
            />
          )}
          <label class="check">
            <input
              type="checkbox"
              checked={step.off_contract === true}
              onChange={({ currentTarget }) =>
                set(['off_contract'], currentTarget.checked || undefined)
              }
            />
            <span>{t('This answer may break the contract, on purpose')}</span>
          </label>
        </div>
        {more.length > 0 && <p class="quiet">{t`Also in the YAML: ${more.join(', ')}`}</p>}
      </details>
      <StepProblems index={index} onPurpose={() => set(['off_contract'], true)} />
      {answer && <AnswerShown answer={answer} />}
      <div class="step-acts">
        <button
          type="button"
          data-act="up"
          title={t('Up')}
          disabled={index === 0}
          onClick={() => move(index - 1, 'up')}
        >
          <span aria-hidden="true">↑</span> <span class="spoken">{t('Up')}</span>
        </button>
        <button
          type="button"
          data-act="down"
          title={t('Down')}
          disabled={index === count - 1}
          onClick={() => move(index + 1, 'down')}
        >
          <span aria-hidden="true">↓</span> <span class="spoken">{t('Down')}</span>
        </button>
        <button
          type="button"
          onClick={() => {
            focusNext = { index: index + 1, button: 'kind' };
            write(addStep(text.value, index, words));
          }}
        >
          <span aria-hidden="true">+</span> {t('Add a step below')}
        </button>
        <button
          type="button"
          onClick={() => {
            focusNext = { index: index + 1, button: 'kind' };
            write(copyStep(text.value, index));
          }}
        >
          {t('Duplicate')}
        </button>
        <button
          type="button"
          disabled={count === 1}
          onClick={() => {
            focusNext = { index: Math.max(0, index - 1), button: 'kind' };
            write(dropStep(text.value, index));
          }}
        >
          {t('Delete')}
        </button>
        {answer && (
          <button type="button" class="to-yaml" onClick={() => reveal(answer.line)}>
            {t`Line ${answer.line}`}
          </button>
        )}
      </div>
    </li>
  );
}

function toneOf(kind: Kind, words: Words): string {
  if (kind.is === 'state') return outcomeOf(kind.name, words);
  return kind.is === 'answer' && kind.http < 500 ? 'client' : 'server';
}
