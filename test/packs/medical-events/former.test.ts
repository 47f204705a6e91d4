import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { base64 } from '../../support/client.js';
import { openEvents, signedIn } from './play.js';

/** What people sent to 0.3.0: the examples of its contract. They are copies, and never change. */
const BODIES = JSON.parse(
  readFileSync('test/fixtures/medical-events/bodies-of-0.3.0.json', 'utf8'),
);

describe('a body of 0.3.0', () => {
  it('of an encounter without a period is kept, read and cancelled', async () => {
    const events = await openEvents();
    const job = await events.write('submitEncounterPackage', {
      body: BODIES.submitEncounterPackage,
    });
    expect(job.error).toBeUndefined();
    const { data } = (await events.read('getEncounter')).json;
    expect(data).toMatchObject({
      date: '2025-03-03T08:30:00Z',
      period: { start: '2025-03-03T08:30:00Z', end: '2025-03-03T08:30:00Z' },
    });
    const cancelled = await events.write('cancelEncounterPackage', {
      body: BODIES.cancelEncounterPackage,
    });
    expect(cancelled.status).toBe('processed');
    expect((await events.read('getEncounter')).json.data).toMatchObject({
      status: 'entered_in_error',
      explanatory_letter: 'Another patient was meant',
    });
  });

  it('of an encounter of tomorrow is refused where it was', async () => {
    const events = await openEvents();
    const { visit, ...body } = BODIES.submitEncounterPackage;
    const content = signedIn(body) as { encounter: object };
    const encounter = { ...content.encounter, date: '2026-02-03T12:00:00Z' };
    const sent = { visit, signed_data: base64({ ...content, encounter }) };
    const job = await events.write('submitEncounterPackage', { body: sent });
    expect(job.error.invalid[0].entry).toBe('$.encounter.date');
  });

  it.each([
    ['createServiceRequest', 'getServiceRequest'],
    ['createApproval', 'getApproval'],
  ])('of %s makes what it made', async (operation, read) => {
    const events = await openEvents();
    const job = await events.write(operation, { body: BODIES[operation] });
    expect(job.status).toBe('processed');
    const [made] = events.sandbox.resources();
    const id = String(made?.id);
    const { status, json } = await events.read(read, {
      at: { approvals: id, service_requests: id },
    });
    expect(status).toBe(200);
    expect(json.data).toMatchObject({
      id,
      status: operation === 'createApproval' ? 'new' : 'active',
    });
  });
});

describe('while rules are off', () => {
  it('what can be changed is changed, and no job fails', async () => {
    const events = await openEvents({ rules: 'off' });
    await events.write('createEpisode');
    await events.write('closeEpisode');
    for (const operation of [
      'closeEpisode',
      'updateEpisode',
      'cancelProcedure',
      'cancelEncounterPackage',
    ]) {
      expect(`${operation} ${(await events.write(operation)).status}`).toBe(
        `${operation} processed`,
      );
    }
    expect((await events.read('getEpisode')).json.data.status).toBe('closed');
  });
});
