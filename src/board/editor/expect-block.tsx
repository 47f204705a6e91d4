import { t } from '../text.js';
import { mappingOf, ORDER } from './change-life.js';
import { said, text, write } from './draft.js';
import { removeAt, setAt } from './edit-yaml.js';
import { Choice, TextField } from './fields.js';

/** What a good client does, in plain words: each can be so, not so, or not looked at. */
const HABITS = [
  ['reaches_end', 'It asks until it has been told the end of the job'],
  ['result_read', 'It reads the result once the job is done'],
  ['gives_up', 'It gives up although it has been told no end'],
  ['renews_credentials', 'It takes a new token after a 401 and goes on'],
] as const;

const COUNTS = [
  [['polls', 'at_least'], 'Polls, at least'],
  [['polls', 'at_most'], 'Polls, at most'],
  [['submissions', 'at_most'], 'Requests that schedule, at most'],
] as const;

const KEYS = [
  'result_read',
  'reaches_end',
  'gives_up',
  'renews_credentials',
  'polls',
  'within',
  'submissions',
  'exit',
  'output',
];

export function ExpectBlock() {
  const expect = mappingOf(said.value.expect);
  return (
    <section class="block" aria-labelledby="editor-expect">
      <h2 id="editor-expect">{t('What a good client does')}</h2>
      <div class="fields habits">
        {HABITS.map(([key, title]) => (
          <Choice
            key={key}
            label={t(title)}
            value={expect?.[key] === undefined ? '' : String(expect[key])}
            onChoice={(value) => set([key], value === '' ? undefined : value === 'true')}
          >
            <option value="">{t('is not looked at')}</option>
            <option value="true">{t('yes')}</option>
            <option value="false">{t('no')}</option>
          </Choice>
        ))}
        {COUNTS.map(([path, title]) => (
          <TextField
            key={path.join('.')}
            label={t(title)}
            value={String(mappingOf(expect?.[path[0]])?.[path[1]] ?? '')}
            onText={(value) => {
              const count = value.trim();
              if (count === '') set(path, undefined);
              else set(path, /^\d+$/.test(count) ? Number(count) : count);
            }}
          />
        ))}
        <TextField
          label={t('It knows the end after, at the latest')}
          value={String(expect?.within ?? '')}
          hint={t('For example 30s.')}
          onText={(value) => set(['within'], value.trim() || undefined)}
        />
      </div>
    </section>
  );
}

/** An expectation that holds nothing goes. */
function set(path: readonly string[], value: unknown): void {
  const whole = ['expect', ...path];
  if (value !== undefined) {
    write(setAt(text.value, whole, value, path.length === 1 && said.value.expect ? KEYS : ORDER));
    return;
  }
  let next = text.value;
  for (let length = whole.length; length > 0; length -= 1) {
    const around = length === 1 ? undefined : at(said.value, whole.slice(0, length - 1));
    next = removeAt(text.value, whole.slice(0, length));
    if (Object.keys(around ?? {}).length > 1) break;
  }
  write(next);
}

function at(value: unknown, path: readonly string[]) {
  return path.reduce<Readonly<Record<string, unknown>> | undefined>(
    (here, key) => mappingOf(here?.[key]),
    mappingOf(value),
  );
}
