import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, type SessionControl, startSandbox } from '../../src/index.js';
import { readFacts } from '../docs/esoz/facts.js';
import { known } from '../packs/medical-events/play.js';
import { type Answered, CREDENTIALS, send } from '../support/client.js';
import { makeOauthClient } from '../support/oauth.js';
import { officialDocument, SPELLINGS } from '../support/official-documents.js';

const NOON = Date.parse('2026-02-02T12:00:00Z');
/** What the operator's documents ask of every request. */
const HEADERS = { ...CREDENTIALS, 'X-Custom-PSK': 'any' };

let folder: string;
let ours: RunningSandbox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'official-'));
  ours = await open({ pack: 'esoz' });
});
afterAll(async () => {
  await ours.close();
  await rm(folder, { recursive: true });
});

/** With one seed, so that ids are the same here and there. */
function open(options: Parameters<typeof startSandbox>[0]) {
  return startSandbox({ clock: { mode: 'manual', now: NOON }, seed: 7, ...options });
}

/** Sends the contract's own example to where our document has the operation. */
async function ask(session: SessionControl, id: string, headers: Record<string, string> = HEADERS) {
  const operation = known(id);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) =>
    String(operation.parameters.find((one) => one.in === 'path' && one.name === name)?.example),
  );
  const examples = `${new URL(ours.url).origin}/__sandbox/examples/${id}`;
  const body = operation.body ? (await send('GET', examples)).json : undefined;
  return send(operation.method, `${session.url}/api${path}`, { headers, body });
}

async function poll(session: SessionControl, { json }: Answered) {
  const job = json.data.links[0].href.split('/').at(-1);
  return send('GET', `${session.url}/api/jobs/${job}`, { headers: HEADERS });
}

/** What an answer about a job says, without what differs from run to run. */
function told({ status: http, headers, json }: Answered) {
  // A firewall and the gateway answer in their own forms.
  if (json === undefined) return { http, form: headers.get('content-type') };
  const { data, error } = json;
  if (!data) return { http, type: error.type };
  const { links, eta, ...rest } = data;
  const entities = links?.map(({ entity }: { entity: string }) => entity);
  return { http, ...rest, entities, eta: Date.parse(eta) - NOON };
}

/** One life of an operation: scheduled, pending, at its end. */
async function life(session: SessionControl, operation: string, scenario?: string) {
  if (scenario) session.next(scenario);
  const scheduled = await ask(session, operation);
  if (scheduled.status !== 202) return [told(scheduled)];
  const pending = await poll(session, scheduled);
  session.clock.advance('1min');
  return [told(scheduled), told(pending), told(await poll(session, scheduled))];
}

describe.each(
  Object.entries(SPELLINGS),
)('the operator’s document, spelt in %s', (name, spelling) => {
  let file: string;
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    file = join(folder, `${name}.json`);
    await writeFile(file, JSON.stringify(officialDocument('medical-events', spelling)));
    sandbox = await open({ pack: 'esoz', spec: `medical-events=${file}` });
  });
  afterAll(() => sandbox.close());

  it('plays every asynchronous operation as ours does', async () => {
    const operations = readFacts()
      .filter(({ from, async }) => from === 'medical-events' && async)
      .map(({ id }) => id);
    expect(operations).toHaveLength(44);
    for (const operation of operations) {
      const [here, there] = [sandbox, ours].map((each) => each.session(`${name}-${operation}`));
      if (!here || !there) throw new Error('a session each');
      const lived = await life(here, operation);
      expect(lived, operation).toEqual(await life(there, operation));
      expect(lived[0]?.http, operation).toBe(202);
      expect(here.jobs(), operation).toMatchObject([{ operation }]);
    }
  });

  it('plays every scenario of its errors as ours does', async () => {
    const failing = ours.scenarios.filter(
      ({ group, api, operations }) =>
        api === 'medical-events' &&
        /failed|refused|odd|throttled/.test(group) &&
        (operations?.includes('submitEncounterPackage') ?? true),
    );
    expect(failing.length).toBeGreaterThan(15);
    for (const { name: scenario } of failing) {
      const [here, there] = [sandbox, ours].map((each) => each.session(`${name}-${scenario}`));
      if (!here || !there) throw new Error('a session each');
      const lived = await life(here, 'submitEncounterPackage', scenario);
      expect(lived, scenario).toEqual(await life(there, 'submitEncounterPackage', scenario));
    }
  });

  it('reads what a job has made, and refuses what is not there, not allowed or malformed', async () => {
    const session = sandbox.session(`${name}-reads`);
    await life(session, 'createEpisode');
    const read = await ask(session, 'getEpisode');
    expect([read.status, read.json.data.status]).toEqual([200, 'active']);
    const missing = await ask(session, 'getEncounter');
    expect([missing.status, missing.json.error.message]).toEqual([404, 'Encounter not found']);
    const bare = await ask(session, 'createEpisode', {});
    expect([bare.status, bare.json.error.type]).toEqual([401, 'access_denied']);
    const path = `${session.url}/api/patients/7c3da506-804d-4550-8993-bf17f9ee0402/episodes`;
    const empty = await send('POST', path, { headers: HEADERS, body: {} });
    expect([empty.status, empty.json.error.type]).toEqual([422, 'validation_failed']);
  });

  it('is spoken of by either name of an operation', async () => {
    const session = sandbox.session(`${name}-names`);
    const title = spelling.operationId('createEpisode', 'POST /patients/{patient_id}/episodes');
    for (const operation of ['createEpisode', title]) {
      session.next('failed-conflict', { operation });
      expect((await life(session, 'createEpisode')).at(-1)).toMatchObject({ status_code: 409 });
      expect(session.journal({ operation }).at(-1)).toMatchObject({ operation: 'createEpisode' });
    }
  });

  it('asks for the scopes that ours asks for', async () => {
    const strict = await open({ pack: 'esoz', spec: `medical-events=${file}`, auth: 'strict' });
    try {
      const oauth = makeOauthClient(strict);
      const without = oauth.credentials((await oauth.token('episode:read')).value);
      const refused = await ask(strict, 'createEpisode', without);
      expect([refused.status, refused.json.error.message]).toEqual([
        403,
        'Your scope does not allow to access this resource. Missing allowances: episode:write',
      ]);
      const token = await oauth.token('episode:write job:read');
      expect((await ask(strict, 'createEpisode', oauth.credentials(token.value))).status).toBe(202);
      const unknown = await ask(strict, 'createEpisode', oauth.credentials('none'));
      expect(unknown.status).toBe(401);
    } finally {
      await strict.close();
    }
  });

  it('plays by the binding of the package when it is served by itself', async () => {
    const alone = await open({ spec: file });
    try {
      expect(alone.scenarios.map((one) => one.name)).toContain('processed-after-eta');
      expect(await life(alone, 'createEpisode')).toEqual(
        await life(ours.session(`${name}-alone`), 'createEpisode'),
      );
    } finally {
      await alone.close();
    }
  });
});
