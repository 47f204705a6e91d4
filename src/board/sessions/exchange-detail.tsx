import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { formatLength } from '../../audit/format.js';
import type { SessionVerdict } from '../../report/json-verdict.js';
import type { ExchangeView, LightExchange } from '../../sandbox/control/views.js';
import { say } from '../../say.js';
import { plain } from '../../view/printable.js';
import { SANDBOX } from '../control.js';
import type { LiveSession } from '../live.js';
import { linkTo } from '../route.js';
import { t } from '../text.js';
import { useExchange, useFaultTitle, useScenario } from './asked.js';
import { CopyAs } from './copy-as.js';
import type { Judged } from './judgement.js';
import { MomentOf } from './moment-of.js';

interface DetailProps {
  session: LiveSession;
  seq: number;
  light: LightExchange | undefined;
  judged: Judged;
  verdict: SessionVerdict | undefined;
}

/** Everything that is known of one exchange. */
export function ExchangeDetail({ session, seq, light, judged, verdict }: DetailProps) {
  const whole = useExchange(session.name, seq, light?.until !== undefined);
  if (whole === 'gone')
    return <p class="quiet">{t('This exchange is not kept any more, or never was.')}</p>;
  if (!whole) return <p class="quiet">{t('Loading …')}</p>;
  const base = session.name === 'default' ? SANDBOX : `${SANDBOX}/~${session.name}`;
  return (
    <>
      <Facts whole={whole} />
      <Broken rules={judged.breaks.get(seq) ?? []} verdict={verdict} />
      <div class="pair">
        <Message
          name={t('Request')}
          first={`${whole.method} ${whole.path}`}
          headers={whole.request.headers}
          body={whole.request.body}
        />
        <Message
          name={t('Answer')}
          first={tellStatus(whole)}
          headers={whole.response.headers}
          body={whole.response.body}
        />
      </div>
      {!whole.webhook && <CopyAs whole={whole} base={base} />}
      <MomentOf session={session.name} seq={seq} />
    </>
  );
}

function tellStatus({ status, until }: ExchangeView): string {
  if (status !== 0) return String(status);
  return until === undefined ? t('not answered yet') : t('no answer');
}

function Facts({ whole }: { whole: ExchangeView }) {
  const { at, took, scenario, step, state, eta, fault, chance, left, note, job, trace } = whole;
  const sent = whole.webhook !== undefined;
  const title = useFaultTitle(fault);
  return (
    <dl class="facts">
      <Fact name={sent ? say`Sent at` : say`Came at`}>
        <time dateTime={at}>{at.slice(11, 23)}</time> UTC
        {took !== undefined && ` · ${t`took ${t(formatLength(took))}`}`}
      </Fact>
      {scenario !== undefined && (
        <Fact name={sent ? say`Sent by` : say`Answered by`}>
          <Answered scenario={scenario} step={step} />
        </Fact>
      )}
      {state !== undefined && <Fact name={say`State`}>{plain(state)}</Fact>}
      {eta !== undefined && <Fact name={say`Eta`}>{eta.slice(11, 23)}</Fact>}
      {job !== undefined && (
        <Fact name={say`Job`}>
          <code>{plain(job)}</code>
        </Fact>
      )}
      {fault !== undefined && (
        <Fact name={say`On the wire`}>
          <b class="fault">{t(title ?? fault)}</b> <code>{fault}</code>
          {chance && ` · ${t('drawn by chaos')}`}
        </Fact>
      )}
      {trace !== undefined && (
        <Fact name={say`Trace`}>
          <code>{trace.id}</code>
        </Fact>
      )}
      {left && <Fact name={say`End`}>{t('the client left before the answer')}</Fact>}
      {note !== undefined && <Fact name={say`Note`}>{plain(t(note))}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{t(name)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The step that has decided the answer, as its scenario says it, and where. */
function Answered({ scenario, step }: { scenario: string; step: number | undefined }) {
  const told = useScenario(scenario);
  const says = step === undefined ? undefined : told?.life[step];
  const line = step === undefined ? undefined : told?.lines?.[step];
  return (
    <>
      <a
        href={linkTo(['scenarios', scenario], {
          step: step === undefined ? undefined : String(step),
        })}
      >
        {plain(scenario)}
      </a>
      {step !== undefined && <>, {t`step ${step + 1}`}</>}
      {says !== undefined && (
        <>
          {': '}
          <code>{plain(t(says))}</code>
        </>
      )}
      {line !== undefined && <span class="quiet"> {t`line ${line}`}</span>}
    </>
  );
}

function Broken({
  rules,
  verdict,
}: {
  rules: readonly string[];
  verdict: SessionVerdict | undefined;
}) {
  if (rules.length === 0) return null;
  return (
    <ul class="broken">
      {rules.map((rule) => {
        const known = verdict?.rules.find((one) => one.rule === rule);
        return (
          <li key={rule} class={known?.severity ?? 'error'}>
            <b>{t('breaks a rule')}</b>: {t(known?.title ?? rule)} <code>{rule}</code>
          </li>
        );
      })}
    </ul>
  );
}

interface MessageProps {
  name: string;
  /** Its first line. */
  first: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

function Message({ name, first, headers, body = '' }: MessageProps) {
  const [raw, setRaw] = useState(false);
  const pretty = prettyOf(body);
  const head = Object.entries(headers).map(([key, value]) => `${key}: ${value}`);
  return (
    <section class="message-part" aria-label={name}>
      <h3>
        {name}
        {pretty !== undefined && (
          <button type="button" class="copy" aria-pressed={raw} onClick={() => setRaw(!raw)}>
            {t('as sent')}
          </button>
        )}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard */}
      <pre tabIndex={0}>
        <b>{plain(first)}</b>
        {'\n'}
        <span class="head">{plain(head.join('\n'))}</span>
        {body !== '' && `\n\n${plain(raw ? body : (pretty ?? body))}`}
      </pre>
    </section>
  );
}

/** JSON with its lines; undefined: it is none, or is written so already. */
function prettyOf(body: string): string | undefined {
  try {
    const pretty = JSON.stringify(JSON.parse(body), null, 2);
    return pretty === body ? undefined : pretty;
  } catch {
    return undefined;
  }
}
