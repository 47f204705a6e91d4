import { describe, expect, it } from 'vitest';
import { openSmallApi } from '../support/small-api.js';

const HEADER = 'X-Sandbox-Scenario';

/** An API with a binding and without a scenario, whose jobs tell an eta. */
function openBound(scenarios?: Record<string, string>) {
  const state = (outcome: string) => ({
    outcome,
    bare: true,
    data: { state: '{state}', eta: '{eta}' },
  });
  return openSmallApi({
    scheduled: { id: '{job}', eta: '{eta}' },
    binding: { states: { RUNNING: state('open'), DONE: state('done'), FAILED: state('failed') } },
    ...(scenarios ? { scenarios } : {}),
  });
}

async function states(api: Awaited<ReturnType<typeof openBound>>, scenario: string) {
  const begun = await api.send('POST', '/things', { headers: { [HEADER]: scenario } });
  const poll = () => api.send('GET', `/things/${begun.json.id}`);
  return { begun, poll };
}

describe('an API without a scenario', () => {
  it('plays those that follow from its binding, poll by poll', async () => {
    const api = await openBound();
    const { begun, poll } = await states(api, 'unavailable-503');
    expect(begun.headers.get(HEADER)).toBe('unavailable-503');
    const [first, second, third, fourth] = [await poll(), await poll(), await poll(), await poll()];
    expect([first, second].map(({ status }) => status)).toEqual([503, 503]);
    expect([first, second].map(({ headers }) => headers.get('retry-after'))).toEqual(['4', '6']);
    expect([third.json.state, fourth.json.state]).toEqual(['RUNNING', 'DONE']);
  });

  it('tells true etas: a job is done when it said so, and not before', async () => {
    const api = await openBound();
    const { begun, poll } = await states(api, 'done-after-eta');
    const wait = Date.parse(begun.json.eta) - api.sandbox.clock.now().getTime();
    expect(wait).toBe(2300);
    api.sandbox.clock.advance(wait - 1);
    expect((await poll()).json.state).toBe('RUNNING');
    api.sandbox.clock.advance(1);
    expect((await poll()).json.state).toBe('DONE');
  });

  it('lists them by the control API, and takes them for the next job', async () => {
    const api = await openBound();
    const listed = await api.send('GET', '/__sandbox/scenarios');
    const names = listed.json.scenarios.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['done-after-eta', 'failed', 'truncated-body']));
    const chosen = await api.send('POST', '/__sandbox/sessions/default/next', {
      body: { scenario: 'failed-immediately' },
    });
    expect(chosen.status).toBeLessThan(300);
    const begun = await api.send('POST', '/things');
    expect((await api.send('GET', `/things/${begun.json.id}`)).json.state).toBe('FAILED');
  });

  it('still lives the built-in life unasked', async () => {
    const api = await openBound();
    const begun = await api.send('POST', '/things');
    expect(begun.headers.get(HEADER)).toBe('built-in');
  });

  it('names near ones of an unknown name', async () => {
    const { begun } = await states(await openBound(), 'eta-move');
    expect(begun.text).toContain('did you mean eta-moves?');
  });
});

describe('an API with scenarios of its own', () => {
  const OWN = 'scenario: done-after-eta\ntitle: At once\nlife:\n  - state: DONE\n';

  it('plays its own by a name that the binding gives as well, and lists no others', async () => {
    const api = await openBound({ 'done-after-eta.yaml': OWN });
    const { poll } = await states(api, 'done-after-eta');
    expect((await poll()).json.state).toBe('DONE');
    const listed = await api.send('GET', '/__sandbox/scenarios');
    expect(listed.json.scenarios.map(({ name }: { name: string }) => name)).toEqual([
      'done-after-eta',
    ]);
    const other = await states(api, 'failed-immediately');
    expect((await other.poll()).json.state).toBe('FAILED');
  });
});
