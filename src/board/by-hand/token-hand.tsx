import type { SessionView } from '../../sandbox/control/views.js';
import { say } from '../../say.js';
import { Outcome, useAct } from '../act.js';
import { CodeBlock } from '../code-block.js';
import { ask } from '../control.js';
import { t } from '../text.js';
import { takeToken, tokens } from './token.js';

/** What can happen to a token, in the words of the control API. */
const ENDS = [
  { by: 'expires', title: say`It runs out` },
  { by: 'revoked', title: say`It is revoked` },
  { by: 'lacks-scope', title: say`It lacks a scope` },
];

/** The token of a client: it ends by hand, and a new one is handed out. */
export function TokenHand({ view }: { view: SessionView }) {
  const { name, refused_tokens: refused = 0 } = view;
  const act = useAct();
  const token = tokens.value.get(name);
  const end = (by: string) =>
    act.run(async () => {
      const { exchange } = await ask<{ exchange: number }>(
        'POST',
        ['sessions', name, 'tokens', 'end'],
        { by },
      );
      act.tell(t`The token of request ${exchange} is refused from now on.`);
    });
  const restore = () => act.run(() => ask('DELETE', ['sessions', name, 'tokens', 'end']));
  return (
    <section class="hand-part" aria-labelledby="the-token">
      <h2 id="the-token">{t('The client’s token')}</h2>
      <p class="quiet">{t('It is the one that the newest request has brought.')}</p>
      <div class="row">
        {ENDS.map(({ by, title }) => (
          <button key={by} type="button" onClick={() => end(by)} disabled={act.busy}>
            {t(title)}
          </button>
        ))}
      </div>
      {refused > 0 && (
        <div class="row">
          <span>{t`Tokens that are refused: ${refused}`}</span>
          <button type="button" class="small" onClick={restore} disabled={act.busy}>
            {t('Let them in again')}
          </button>
        </div>
      )}
      <div class="row">
        <button type="button" onClick={() => act.run(() => takeToken(name))} disabled={act.busy}>
          {token ? t('Take a new token') : t('Take a token')}
        </button>
        <span class="quiet">{t('Examples that are sent from here bring it.')}</span>
      </div>
      {token && <CodeBlock label={t('Headers of a request')} text={linesOf(token.headers)} />}
      <Outcome act={act} />
    </section>
  );
}

function linesOf(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
