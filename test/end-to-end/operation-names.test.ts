import { describe, expect, it } from 'vitest';
import { makeEventsClient, PATIENT } from '../support/medical-events.js';
import { openSandbox } from '../support/sandbox.js';
import { openSmallApi } from '../support/small-api.js';

const SLOW = `scenario: slow
operations: [Make a thing]
life: [{ state: RUNNING, for: 5s }, { state: DONE }]
`;

/** A document whose operationIds are sentences; the binding has names of its own. */
const foreign = () =>
  openSmallApi({
    schedules: { operationId: 'Make a thing' },
    reports: { operationId: 'Read a thing' },
    binding: { aliases: { makeThing: 'Make a thing', readThing: ['Get it', 'Read a thing'] } },
    scenarios: { 'slow.yaml': SLOW },
  });

describe('an operation that a document calls by another name', () => {
  it('bears the name of the binding, and is played', async () => {
    const { sandbox, send } = await foreign();
    sandbox.next('slow', { operation: 'Make a thing' });
    const { json } = await send('POST', '/things', { body: {} });
    expect((await send('GET', `/things/${json.id}`)).json.data.state).toBe('RUNNING');
    expect(sandbox.jobs()).toMatchObject([{ operation: 'makeThing', scenario: 'slow' }]);
  });

  it('is meant by either name wherever one is said', async () => {
    const { sandbox, send } = await foreign();
    await send('POST', '/things', { body: {} });
    for (const operation of ['makeThing', 'Make a thing']) {
      expect(sandbox.journal({ operation })).toMatchObject([{ operation: 'makeThing' }]);
    }
    expect(() => sandbox.next('slow', { operation: 'Make two' })).toThrow('schedules no job');
    sandbox.set({ chaos: { rate: 1, operations: ['Read a thing'], faults: ['reset'] } });
    expect((await send('POST', '/things', { body: {} })).status).toBe(202);
    await expect(send('GET', `/things/${sandbox.jobs()[0]?.id}`)).rejects.toThrow();
  });
});

describe('an operation that had another name before', () => {
  it('is meant by a binding that says that one', async () => {
    const { sandbox, send } = await openSmallApi({
      schedules: { operationId: 'createThing', 'x-aliases': ['makeThing'] },
      reports: { operationId: 'getThing', 'x-aliases': ['readThing'] },
    });
    const { json } = await send('POST', '/things', { body: {} });
    expect((await send('GET', `/things/${json.id}`)).json.data.state).toBe('RUNNING');
    expect(sandbox.jobs()).toMatchObject([{ operation: 'createThing' }]);
  });

  it('is shown by its name of today: a read of medical events', async () => {
    const { sandbox } = await openSandbox({ pack: 'medical-events' });
    const client = makeEventsClient(sandbox);
    await client.api('GET', `/patients/${PATIENT}/encounters`);
    expect(sandbox.journal({ operation: 'listEncounters' })).toMatchObject([
      { operation: 'searchEncounters', status: 200 },
    ]);
  });
});
