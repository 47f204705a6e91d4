import type { AnswerPreview } from '../../sandbox/control/lint-view.js';
import { t } from '../text.js';

/** An answer as it will be sent, folded; what breaks the contract stands outside. */
export function AnswerShown({ answer }: { answer: AnswerPreview }) {
  const { status, headers, body, breaches, fault, off_contract: allowed } = answer;
  return (
    <div class="sent">
      <details>
        <summary>
          {t('As it will be sent')}: <strong>{status === 0 ? t('no answer') : status}</strong>
          {fault && <span> · {t(fault.title)}</span>}
        </summary>
        {status !== 0 && (
          <>
            <dl class="headers">
              {Object.entries(headers).map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <pre class="body">{pretty(body) || t('(empty)')}</pre>
            {answer.cut && <p class="quiet">{t('The body is longer.')}</p>}
          </>
        )}
      </details>
      {breaches.length > 0 && (
        <ul class={allowed ? 'breaches allowed' : 'breaches'}>
          {breaches.map(({ at, description }) => (
            <li key={`${at} ${description}`}>
              {allowed ? t('Breaks the contract on purpose') : t('Breaks the contract')}
              {at === '$' ? '' : ` (${at})`}: {t(description)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
