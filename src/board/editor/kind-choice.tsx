import { useId } from 'preact/hooks';
import { t } from '../text.js';
import type { Kind } from './change-life.js';
import type { Words } from './words.js';

/** Statuses that clients meet in a state's place, most often first. */
const STATUSES = [503, 500, 502, 504, 429, 404, 401, 403, 400, 422];

const TOKENS = {
  expires: 'The token has run out (401)',
  revoked: 'The token is revoked (401)',
  'lacks-scope': 'The token lacks a scope',
} as const;

/** What a step tells, chosen from a list: a state, an HTTP answer, something that happens on the way. */
export function KindChoice({
  kind,
  words,
  onKind,
}: {
  kind: Kind;
  words: Words;
  onKind: (kind: Kind) => void;
}) {
  const { states, faults } = words;
  const id = useId();
  const now = keyOf(kind);
  const foreign = kind.is === 'state' && !states.some(({ name }) => name === kind.name);
  const statuses =
    kind.is === 'answer' && !STATUSES.includes(kind.http) ? [...STATUSES, kind.http] : STATUSES;
  return (
    <div class="field grow">
      <label for={id}>{t('The client is told')}</label>
      <select
        id={id}
        data-act="kind"
        value={now}
        onChange={({ currentTarget }) => onKind(readKey(currentTarget.value))}
      >
        {kind.is === 'nothing' && <option value="nothing">…</option>}
        <optgroup label={t('A state of the job')}>
          {states.map(({ name, outcome }) => (
            <option key={name} value={`state ${name}`}>
              {name} – {t(OUTCOMES[outcome])}
            </option>
          ))}
          {foreign && <option value={now}>{titleOf(kind)}</option>}
        </optgroup>
        <optgroup label={t('An HTTP answer in its place')}>
          {statuses.map((http) => (
            <option key={http} value={`answer ${http}`}>
              {http} {t(REASONS[http] ?? '')}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('The token')}>
          {Object.entries(TOKENS).map(([event, title]) => (
            <option key={event} value={`token ${event}`}>
              {t(title)}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('Something happens on the way')}>
          {faults.map(({ name, title }) => (
            <option key={name} value={`fault ${name}`}>
              {t(title)}
            </option>
          ))}
        </optgroup>
      </select>
    </div>
  );
}

const OUTCOMES = {
  open: 'the job goes on',
  done: 'the job is done',
  failed: 'the job has failed',
  cancelled: 'the job was cancelled',
} as const;

/** RFC 9110 §15. */
const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** A few words for a heading. */
export function titleOf(kind: Kind): string {
  if (kind.is === 'state') return kind.name;
  if (kind.is === 'answer') return `${kind.http}`;
  if (kind.is === 'fault') return kind.name;
  return kind.is === 'token' ? `token ${kind.event}` : '…';
}

function keyOf(kind: Kind): string {
  return kind.is === 'nothing' ? 'nothing' : `${kind.is} ${titleOf(kind).replace(/^token /, '')}`;
}

function readKey(key: string): Kind {
  const space = key.indexOf(' ');
  const [is, name] = [key.slice(0, space), key.slice(space + 1)];
  if (is === 'answer') return { is, http: Number(name) };
  if (is === 'fault') return { is, name };
  if (is === 'token') return { is, event: name };
  return { is: 'state', name };
}
