import { afterAll, beforeAll, expect } from 'vitest';
import { type ExchangeView, type RunningSandbox, startSandbox } from '../../src/index.js';
import { type Language, runExample } from './runners.js';

const PACE = 10;
const TOKEN = 'token-of-the-example';
/** How a composition is read that was found by a link or a search. */
export const READ = 'getCompositionByEncounter 200';

let sandbox: RunningSandbox;

/** To be called by a test file: a sandbox for all its examples. */
export function openSandboxForAll(): void {
  beforeAll(async () => {
    sandbox = await startSandbox({ clock: { mode: 'paced', pace: PACE } });
  });
  afterAll(() => sandbox.close());
}

/** Lets an example live through a scenario; what holds of every run is looked at here. */
export async function live(language: Language, scenario: string) {
  const session = sandbox.session(`${language}-${scenario}`);
  session.set({ scenario });
  const { code, out } = await runExample(language, {
    ESOZ_SANDBOX_URL: session.url,
    ESOZ_PACE: String(PACE),
    ESOZ_TOKEN: TOKEN,
    // A machine that is busy with something else may take long to answer.
    ESOZ_TIMEOUT_SECONDS: '60',
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

export function tokenOf(headers: Record<string, string>): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
}
