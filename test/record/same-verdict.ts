import { causesOf } from '../../src/audit/causes.js';
import type { Verdict } from '../../src/audit/verdict.js';
import type { RunningSandbox } from '../../src/index.js';
import { readHar } from '../../src/record/judge/har.js';
import { judgeSeen } from '../../src/record/judge/judge-seen.js';
import { trafficOf } from '../../src/record/judge/traffic.js';
import type { Seen } from '../../src/record/seen.js';
import { fromJsonVerdict } from '../../src/report/json-verdict.js';
import type { Apis } from '../../src/sandbox/api.js';
import { type Habits, Poller } from '../clients/poller.js';
import { disability } from '../support/conclusions.js';
import { openRecorder } from '../support/recorder.js';

/** The verdicts of one client's exchanges: by its session, by a recorder that they passed through, by a HAR of them. */
export interface Three {
  session: Verdict;
  recorded: Verdict;
  har: Verdict;
}

/** Lets a client live through a scenario, with a recorder between it and the sandbox, by one manual clock. */
export async function judgeThrice(
  sandbox: RunningSandbox,
  apis: Apis,
  { scenario, name, habits = {} }: { scenario: string; name: string; habits?: Partial<Habits> },
): Promise<Three> {
  const session = sandbox.session(name);
  session.set({ clock: { mode: 'manual' } });
  session.next(scenario);
  const now = () => session.clock.now().getTime();
  const seen: Seen[] = [];
  const onSeen = (one: Seen) => seen.push(one);
  const { recorder, close } = await openRecorder(session.url, { apis, judge: true, now, onSeen });
  await new Poller(session, habits, recorder.url).run(disability());
  await close();
  const several = apis.length > 1;
  const har = readHar('x.har', JSON.stringify(harOf(seen)), apis, undefined);
  const given = { name, apis, tolerances: {} };
  const own = fromJsonVerdict(session.verdict({ run: 'over' }) as never);
  // Hundreds of them are more than a sandbox keeps.
  await fetch(`${sandbox.url}/__sandbox/sessions/${name}`, { method: 'DELETE' });
  const recorded = judgeSeen({ ...given, traffic: recorder.traffic() });
  recorder.forget();
  return {
    session: own,
    recorded,
    har: judgeSeen({ ...given, traffic: trafficOf(har.seen, several) }),
  };
}

/** What passed through as a proxy or a browser writes it down (HAR 1.2). */
function harOf(seen: readonly Seen[]) {
  const list = (headers: Seen['request']['headers']) =>
    headers.map(([name, value]) => ({ name, value }));
  return {
    log: {
      version: '1.2',
      creator: { name: 'test', version: '1' },
      entries: seen.map(
        ({ at, until, ended = until, method, target, request, answer, failure }) => ({
          startedDateTime: new Date(at).toISOString(),
          time: ended - at,
          request: {
            method,
            url: `https://api.example.org${target}`,
            headers: list(request.headers),
            ...(request.body.text
              ? { postData: { mimeType: 'application/json', text: request.body.text } }
              : {}),
          },
          response: {
            status: answer?.status ?? 0,
            ...(failure === 'left' ? { _error: 'net::ERR_ABORTED' } : {}),
            ...(failure === 'cut off' ? { _error: 'net::ERR_CONTENT_LENGTH_MISMATCH' } : {}),
            headers: list(answer?.headers ?? []),
            content: {
              size: answer?.body.length ?? 0,
              mimeType: answer?.body.mediaType ?? '',
              text: answer?.body.text ?? '',
            },
          },
        }),
      ),
    },
  };
}

/**
 * Why the exchanges of a scenario are not the same where a recorder stands between, or a HAR is all there is; `har`: there
 * alone.
 */
const NOT_THE_SAME: Readonly<Record<string, 'both' | 'har'>> = {
  // While nobody listens a sandbox sees no request, and a recorder sees all of them.
  'refused-connection': 'both',
  // What comes before an answer is not passed on, and no HAR has it.
  'interim-answer': 'both',
  // A body that cannot be unpacked is in no HAR, and an exchange without its body is left out.
  'broken-gzip': 'har',
};

/**
 * What only a session knows: that a job would never have ended, which its script says (`gives-up`), and that an answer took
 * a tenth of a second while the clock of these tests stood still (`single-flight`). Neither is ever a difference in findings.
 */
const KNOWN_TO_A_SESSION = ['gives-up', 'single-flight'];

/** Where two verdicts of the same exchanges differ: in causes, or in what a rule has come to. */
function differences(session: Verdict, other: Verdict): string[] {
  const [one, two] = [toldOf(session), toldOf(other)];
  const causes = one.causes === two.causes ? [] : [`causes: ${one.causes} / ${two.causes}`];
  const rules = [...one.rules].flatMap(([rule, outcome]) => {
    const there = two.rules.get(rule);
    const isKnown = KNOWN_TO_A_SESSION.includes(rule) && there !== 'failed' && outcome !== 'failed';
    return outcome === there || isKnown ? [] : [`${rule}: ${outcome} / ${there}`];
  });
  return [...causes, ...rules];
}

/** What a verdict says by what has nothing to do with a scenario. */
function toldOf(verdict: Verdict) {
  const rules = verdict.rules.filter(({ rule }) => rule !== 'expectations');
  const causes = causesOf([{ name: 'x', verdict: { ...verdict, rules } }]);
  return {
    causes: causes
      .map(({ id, severity }) => `${severity} ${id}`)
      .sort()
      .join(', '),
    rules: new Map(rules.map(({ rule, outcome }) => [rule, outcome])),
  };
}

/** All that three verdicts differ in, for a scenario. */
export function differencesOf(scenario: string, { session, recorded, har }: Three): string[] {
  const left = NOT_THE_SAME[scenario];
  return [
    ...(left === 'both' ? [] : differences(session, recorded).map((text) => `record: ${text}`)),
    ...(left ? [] : differences(session, har).map((text) => `har: ${text}`)),
  ].map((text) => `${scenario}, ${text}`);
}
