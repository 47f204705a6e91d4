import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TOKEN_RULES } from '../../src/audit/rules/index.js';
import { reproaches, ruleOf } from '../audit/play.js';
import { send } from '../support/client.js';
import { disability, ofWorld } from '../support/conclusions.js';
import { makeOauthClient } from '../support/oauth.js';
import { openSandbox } from '../support/sandbox.js';
import { SnippetWorld } from './snippet-world.js';

interface Trial {
  scenario: string;
  /** It polls so many at once. */
  jobs?: number;
  /** The job has been polled once already. */
  polled?: true;
}

/** What a pair of pieces is put to. */
const TRIALS: Record<string, Trial> = {
  'refreshes-once': { scenario: 'unauthorized-for-ever' },
  'single-refresh': { scenario: 'token-expires', jobs: 3 },
  'stops-at-refused-refresh': { scenario: 'token-revoked', polled: true },
  'no-refresh-on-403': { scenario: 'forbidden' },
  'keeps-the-new-token': { scenario: 'token-expires' },
};

describe.each(Object.entries(TRIALS))('the code beside %s', (name, trial) => {
  it('that is wrong breaks the rule', async () => {
    const verdict = await play(name, 'wrong', trial);
    expect(ruleOf(verdict, name).outcome).toBe('failed');
  });

  it('that is right keeps it, and breaks no other about tokens', async () => {
    const verdict = await play(name, 'right', trial);
    expect(ruleOf(verdict, name).outcome).toBe('passed');
    const blamed = reproaches(verdict).map((text) => text.split(':')[0]);
    // They poll once or twice: how a job is polled to its end is shown beside other rules.
    const others = blamed.filter((rule) => TOKEN_RULES.some((one) => one.name === rule));
    expect(others).toEqual([]);
  });
});

it('stands beside every rule about tokens, wrong and right', () => {
  expect(Object.keys(TRIALS).sort()).toEqual(TOKEN_RULES.map(({ name }) => name).sort());
  for (const { name } of TOKEN_RULES) {
    for (const kind of ['wrong', 'right']) expect(existsSync(fileOf(name, kind))).toBe(true);
  }
});

function fileOf(name: string, kind: string): string {
  return `docs/rules/${name}.${kind}.js`;
}

async function play(name: string, kind: string, { scenario, jobs, polled }: Trial) {
  const { sandbox } = await openSandbox({ pack: 'esoz', auth: 'strict' });
  sandbox.next(scenario, { times: jobs ?? 1 });
  const oauth = makeOauthClient(sandbox);
  let held = await oauth.token();
  const headers = () => oauth.credentials(held.value);
  const tokens = {
    headers,
    refresh: async () => {
      const { status, json } = await oauth.refresh(held.details.refresh_token);
      if (status === 201) held = { ...json.data, details: held.details };
      return status === 201;
    },
    signIn: async () => {
      held = await oauth.token();
    },
  };
  const base = `${sandbox.url}/api/patients/composition`;
  const urls: string[] = [];
  for (let i = 0; i < (jobs ?? 1); i += 1) {
    const { json } = await send('POST', base, { body: disability(ofWorld()), headers: headers() });
    urls.push(`${base}/job/${json.data.id}`);
  }
  if (polled) await send('GET', urls[0] as string, { headers: headers() });
  const piece = new SnippetWorld(sandbox).load(fileOf(name, kind));
  const { subject, encounter } = disability(ofWorld());
  const readResult = (job: { links: { href: string }[] }, sent: Record<string, string>) => {
    const id = job.links[0]?.href.split('/').at(-1);
    const path = `patients/${subject.value}/encounter/${encounter.value}/composition/${id}`;
    return send('GET', `${sandbox.url}/api/${path}`, { headers: sent });
  };
  // A client may well end with an error: what counts is what it has asked.
  await piece(jobs === undefined ? urls[0] : urls, tokens, readResult).catch(() => undefined);
  return sandbox.verdict();
}
