import { useState } from 'preact/hooks';
import { t } from '../text.js';
import { mappingOf, ORDER } from './change-life.js';
import { text, write } from './draft.js';
import { removeAt, setAt } from './edit-yaml.js';
import { Choice, TextField } from './fields.js';

const PARTS = {
  body: 'its body',
  path: 'its path',
  query: 'its query',
  headers: 'its headers',
  resource: 'what it wants to change',
} as const;
type Part = keyof typeof PARTS;

type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** Which request chooses the scenario by itself. @param when undefined: it is said in a way that only the YAML shows */
export function WhenFields({ when }: { when: Readonly<Record<string, unknown>> | undefined }) {
  const [part, setPart] = useState<Part>('body');
  const rows = when && rowsOf(when);
  if (!rows) return <p class="quiet">{t('Also in the YAML: when')}</p>;
  const put = (where: Part, fields: Fields) => {
    const others = Object.entries(when).filter(([key]) => key !== where);
    const own: [string, unknown][] = Object.keys(fields).length > 0 ? [[where, fields]] : [];
    const next = Object.fromEntries([...others, ...own]);
    const none = Object.keys(next).length === 0;
    write(none ? removeAt(text.value, ['when']) : setAt(text.value, ['when'], next, ORDER));
  };
  return (
    <fieldset class="checks">
      <legend>{t('A request chooses it by itself when it has')}</legend>
      {rows.map(({ part: where, name, value }) => (
        <div key={`${where} ${name}`} class="fields">
          <TextField
            label={`${t('in')} ${t(PARTS[where])}: ${name}`}
            wide
            value={String(value)}
            onText={(next) => put(where, { ...(mappingOf(when[where]) as Fields), [name]: next })}
          />
          <button
            type="button"
            onClick={() => {
              const { [name]: _, ...rest } = mappingOf(when[where]) as Fields;
              put(where, rest);
            }}
          >
            {t('Remove')} <span class="spoken">{name}</span>
          </button>
        </div>
      ))}
      <div class="fields">
        <Choice label={t('Where')} value={part} onChoice={(next) => setPart(next as Part)}>
          {Object.entries(PARTS).map(([key, title]) => (
            <option key={key} value={key}>
              {t(title)}
            </option>
          ))}
        </Choice>
        <TextField
          label={t('A further field')}
          value=""
          hint={t('For example subject.value.')}
          onText={(name) => {
            const field = name.trim();
            if (field !== '') put(part, { ...(mappingOf(when[part]) as Fields), [field]: '…' });
          }}
        />
      </div>
    </fieldset>
  );
}

/** @returns undefined where a field is no single value */
function rowsOf(when: Readonly<Record<string, unknown>>) {
  const rows: { part: Part; name: string; value: string | number | boolean | null }[] = [];
  for (const [part, fields] of Object.entries(when)) {
    if (!Object.hasOwn(PARTS, part)) return undefined;
    const known = mappingOf(fields);
    if (!known) return undefined;
    for (const [name, value] of Object.entries(known)) {
      if (typeof value === 'object' && value !== null) return undefined;
      rows.push({ part: part as Part, name, value: value as string | number | boolean | null });
    }
  }
  return rows;
}
