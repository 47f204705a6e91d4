import { t } from '../text.js';
import { Choice, TextField } from './fields.js';
import type { Words } from './words.js';

interface Props {
  error: Readonly<Record<string, unknown>> | undefined;
  words: Words;
  onError: (error: Record<string, unknown> | undefined) => void;
}

const USUAL = ' usual';
const OTHER = ' other';

/** Why the job has failed: an error of the API from a list, or one of one's own. */
export function ErrorChoice({ error, words, onError }: Props) {
  const code = error?.code === undefined ? undefined : String(error.code);
  const known = words.errors.some((one) => one.code === code);
  const isOther = error !== undefined && (!known || error.message !== undefined);
  const value = error === undefined ? USUAL : isOther ? OTHER : String(code);
  return (
    <div class="fields error-choice">
      <Choice
        label={t('With the error')}
        value={value}
        onChoice={(next) => {
          if (next === USUAL) onError(undefined);
          else if (next === OTHER) onError({ code: 9999, message: t('What has gone wrong') });
          else onError({ code: codeOf(next) });
        }}
      >
        <option value={USUAL}>{t('the usual one')}</option>
        {words.errors.map((one) => (
          <option key={one.code} value={one.code}>
            {one.text.startsWith(one.code) ? one.text : `${one.code}: ${one.text}`}
          </option>
        ))}
        <option value={OTHER}>{t('another one …')}</option>
      </Choice>
      {isOther && (
        <>
          <TextField
            label={t('Code')}
            value={code ?? ''}
            onText={(next) => onError({ ...error, code: codeOf(next) })}
          />
          <TextField
            label={t('Text')}
            wide
            value={String(error?.message ?? '')}
            onText={(message) => onError({ ...error, message })}
          />
        </>
      )}
    </div>
  );
}

function codeOf(text: string): string | number {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : text;
}
