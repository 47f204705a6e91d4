import { t } from '../text.js';
import { mappingOf, ORDER } from './change-life.js';
import { said, text, words, write } from './draft.js';
import { removeAt, setAt } from './edit-yaml.js';
import { TextField } from './fields.js';
import { WhenFields } from './when-fields.js';

/** What the scenario is called, what it teaches, for which requests it is. */
export function HeadBlock() {
  const { scenario, title, about, operations } = said.value;
  const set = (key: string, value: string) =>
    write(value === '' ? removeAt(text.value, [key]) : setAt(text.value, [key], value, ORDER));
  return (
    <section class="block" aria-labelledby="editor-head">
      <h2 id="editor-head">{t('The scenario')}</h2>
      <div class="fields">
        <TextField
          label={t('Name')}
          value={textOf(scenario)}
          hint={t('Small letters, digits and dashes.')}
          onText={(value) => set('scenario', value.trim().toLowerCase().replace(/\s+/g, '-'))}
        />
        <TextField
          label={t('Title')}
          wide
          value={textOf(title)}
          onText={(value) => set('title', value.trim())}
        />
        <TextField
          label={t('What it teaches')}
          wide
          rows={2}
          value={textOf(about).trim()}
          onText={(value) => set('about', value.trim().replace(/\s*\n\s*/g, ' '))}
        />
      </div>
      <details class="step-more">
        <summary>{t('For which requests')}</summary>
        <Operations chosen={Array.isArray(operations) ? operations.map(String) : undefined} />
        <WhenFields when={said.value.when === undefined ? {} : mappingOf(said.value.when)} />
      </details>
    </section>
  );
}

function Operations({ chosen }: { chosen: readonly string[] | undefined }) {
  const all = words.value?.operations ?? [];
  if (all.length < 2) return null;
  const toggle = (id: string, on: boolean) => {
    const now = chosen ?? all.map((one) => one.id);
    const next = on ? [...now, id] : now.filter((one) => one !== id);
    const every = all.every((one) => next.includes(one.id));
    write(
      every ? removeAt(text.value, ['operations']) : setAt(text.value, ['operations'], next, ORDER),
    );
  };
  return (
    <fieldset class="checks">
      <legend>{t('Operations that schedule the job')}</legend>
      {all.map(({ id, summary }) => {
        const on = chosen === undefined || chosen.includes(id);
        const only = on && chosen?.length === 1;
        return (
          <label key={id} class="check">
            <input
              type="checkbox"
              checked={on}
              disabled={only}
              onChange={({ currentTarget }) => toggle(id, currentTarget.checked)}
            />
            <span>
              {t(summary) || id} <code>{id}</code>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
