import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { WEBHOOK_RULES } from '../../src/audit/rules/index.js';
import type { SessionControl } from '../../src/index.js';
import { reproaches, ruleOf } from '../audit/play.js';
import { send } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { openReceiver } from '../support/receiver.js';
import { openSandbox } from '../support/sandbox.js';

const RENDERS = {
  spec: 'test/fixtures/callbacks/openapi.yaml',
  scenarios: 'test/fixtures/callbacks/scenarios',
  // No receiver here is late because the machine is busy.
  timeouts: { webhook: 60_000 },
};
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

type Piece = (...args: unknown[]) => Promise<unknown>;
const never = () => new Promise<never>(() => {});

/** The scenario that a pair of pieces is put to, and how many webhooks come in it. */
const TRIALS: Record<string, { scenario: string; sent: number }> = {
  'webhook-answered': { scenario: 'render-done', sent: 1 },
  'webhook-verified': { scenario: 'render-forged', sent: 2 },
  'webhook-idempotent': { scenario: 'render-twice', sent: 2 },
  'falls-back-to-polling': { scenario: 'render-lost', sent: 1 },
};

describe.each(Object.entries(TRIALS))('the code beside %s', (name, trial) => {
  it('that is wrong breaks the rule', async () => {
    const verdict = await play(name, 'wrong', trial);
    expect(ruleOf(verdict, name).outcome).toBe('failed');
  });

  it('that is right keeps it, and breaks no other', async () => {
    const verdict = await play(name, 'right', trial);
    expect(ruleOf(verdict, name).outcome).toBe('passed');
    expect(reproaches(verdict)).toEqual([]);
  });
});

it('stands beside every rule for receivers, wrong and right', () => {
  expect(Object.keys(TRIALS).sort()).toEqual(WEBHOOK_RULES.map((rule) => rule.name).sort());
  for (const { name } of WEBHOOK_RULES) {
    for (const kind of ['wrong', 'right']) expect(existsSync(fileOf(name, kind))).toBe(true);
  }
});

function fileOf(name: string, kind: string): string {
  return `docs/rules/${name}.${kind}.js`;
}

async function play(
  name: string,
  kind: string,
  { scenario, sent }: { scenario: string; sent: number },
) {
  // A receiver that works as long as it likes is not waited for.
  const timeouts = { webhook: 50 };
  const { sandbox } = await openSandbox(
    name === 'webhook-answered' && kind === 'wrong' ? { ...RENDERS, timeouts } : RENDERS,
  );
  const [piece] = Object.values(
    (await import(/* @vite-ignore */ pathToFileURL(resolve(fileOf(name, kind))).href)) as Record<
      string,
      Piece
    >,
  ) as [Piece];
  const isReceiver = name !== 'falls-back-to-polling';
  const tools = toolsFor(sandbox);
  const receiver = await openReceiver(async ({ headers, text: body }) =>
    isReceiver ? Number(await piece({ headers, body }, tools)) : 204,
  );
  const { json } = await send('POST', `${sandbox.url}/renders`, {
    body: { scene: 'forest', callbackUrl: receiver.url },
    headers: { 'X-Sandbox-Scenario': scenario },
  });
  if (isReceiver) sandbox.clock.advance('6s');
  else {
    const ended = piece(json.id, tools);
    if (kind === 'right') await ended.then(tools.readImage);
    else sandbox.clock.advance('6s');
  }
  const written = () => sandbox.journal().filter(({ webhook }) => webhook).length;
  await eventually(() => written() >= sent);
  await tools.settled();
  return sandbox.verdict();
}

/** What a piece is given: its queue, its memory, and the API. */
function toolsFor(session: SessionControl) {
  const doing: Promise<unknown>[] = [];
  let image = '';
  const poll = async (job: string) => {
    const { json } = await send('GET', `${session.url}/renders/${job}`);
    image = json.image;
    return json;
  };
  const readImage = () => send('GET', session.url + image);
  const workOn = async (body: string) => {
    await poll(JSON.parse(body).data.id);
    await readImage();
  };
  return {
    secret: SECRET,
    readImage,
    seen: new Set<string>(),
    put: async (body: string) => {
      doing.push(workOn(body));
    },
    work: never,
    webhook: never,
    poll,
    sleep: async (time: number) => {
      session.clock.advance(time);
    },
    readResult: async ({ data }: { data: { id: string } }) => {
      await poll(data.id);
      doing.push(readImage());
    },
    settled: () => Promise.all(doing),
  };
}
