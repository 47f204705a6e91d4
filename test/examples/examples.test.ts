import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExchangeView, type RunningSandbox, startSandbox } from '../../src/index.js';
import { LANGUAGES, type Language, prepare, runExample } from './runners.js';

const PACE = 10;
const TOKEN = 'token-of-the-example';
const READ = 'getCompositionByEncounter 200';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: { mode: 'paced', pace: PACE } });
});
afterAll(() => sandbox.close());

describe.concurrent.each(LANGUAGES)('the example in %s', (language) => {
  prepare(language);

  it('waits until eta, then reads what the job has made', async () => {
    const { statuses, reads } = await play(language, 'done-after-eta');
    expect(statuses).toEqual([200]);
    expect(reads).toEqual([READ]);
  });

  it('shows the error of a job that has failed, and reads nothing', async () => {
    const { out, reads } = await play(language, 'failed-link-error');
    expect(out).toContain('1172');
    expect(reads).toEqual([]);
  });

  it('gives up on a job that is lost, and says that it does not know more', async () => {
    const { out, statuses, reads } = await play(language, 'lost-after-pending');
    expect(statuses).toEqual([200, 200, 404, 404, 404]);
    expect(out).toContain('outcome unknown');
    expect(reads).toEqual([]);
  });

  it('waits as long as Retry-After says, then goes on with the same job', async () => {
    const { polls, statuses, reads } = await play(language, 'unavailable-503');
    expect(statuses).toEqual([503, 503, 200, 200]);
    const [first, second, third] = polls.map(({ wall }) => Date.parse(wall));
    const asked = Number(polls[0]?.response.headers['Retry-After']) * 1000;
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(asked);
    expect(Number(third) - Number(second)).toBeGreaterThanOrEqual(asked);
    expect(reads).toEqual([READ]);
  });

  it('takes a new token after a 401, then goes on with the same job', async () => {
    const { polls, statuses, reads } = await play(language, 'unauthorized-in-mid-poll');
    expect(statuses).toEqual([200, 401, 200]);
    const [, refused, next] = polls.map(({ request }) => tokenOf(request.headers));
    expect(next).not.toBe(refused);
    expect(new Set(polls.map(({ job }) => job)).size).toBe(1);
    expect(reads).toEqual([READ]);
  });

  it('searches for the composition when the job has no link', async () => {
    const { reads } = await play(language, 'done-no-links');
    expect(reads).toEqual(['searchCompositions 200', READ]);
  });
});

/** Lets an example live through a scenario; what holds of every run is looked at here. */
async function play(language: Language, scenario: string) {
  const session = sandbox.session(`${language}-${scenario}`);
  session.set({ scenario });
  const { code, out } = await runExample(language, {
    ESOZ_SANDBOX_URL: session.url,
    ESOZ_PACE: String(PACE),
    ESOZ_TOKEN: TOKEN,
  });
  expect(code, out).toBe(0);
  const exchanges = session.journal();
  expect(exchanges.filter(comesTooEarly), 'requests before the newest eta').toEqual([]);
  expect(exchanges.filter(({ path }) => path.includes(TOKEN))).toEqual([]);
  const polls = exchanges.filter(({ operation }) => operation === 'getAsyncJobStatus');
  const end = polls.findIndex(isEnd);
  if (end >= 0) expect(polls.slice(end + 1), 'polls after the end').toEqual([]);
  const others = exchanges.filter((exchange) => exchange.seq > Number(polls.at(-1)?.seq));
  return {
    out,
    polls,
    statuses: polls.map(({ status }) => status),
    reads: others.map(({ operation, status }) => `${operation} ${status}`),
  };
}

/** Whether a poll comes before the moment that the newest answer with an eta has named. */
function comesTooEarly(exchange: ExchangeView, index: number, all: ExchangeView[]): boolean {
  if (exchange.operation !== 'getAsyncJobStatus') return false;
  const told = all
    .slice(0, index)
    .map(({ response }) => /"eta":"([^"]*)"/.exec(response.body)?.[1]);
  return Date.parse(exchange.at) < Date.parse(told.findLast((eta) => eta !== undefined) ?? '');
}

function isEnd({ status, response }: ExchangeView): boolean {
  return status === 200 && /"status":"(DONE|FAILED)"/.test(response.body);
}

function tokenOf(headers: Record<string, string>): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
}
