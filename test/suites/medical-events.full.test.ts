import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/contract/json.js';
import { openEvents, STRANGER } from '../packs/medical-events/play.js';
import { chooseSuite, outcomesOf, stepsOf } from '../support/processes.js';
import { siblingsWith } from './siblings.js';

/*
 * Each process of medical events over HTTP: a client that goes through it rightly, and siblings that leave a step out,
 * take it out of its turn, or do it wrongly.
 */

async function open(suite: string, course?: string) {
  const events = await openEvents();
  const verdict = await chooseSuite(events.sandbox, suite, course);
  const newest = (kind: string) =>
    String(events.sandbox.resources().findLast((one) => one.kind === kind)?.id);
  return { ...events, verdict, newest };
}

type Opened = Awaited<ReturnType<typeof open>>;
const siblings = siblingsWith((suite) => open(suite));

siblings('encounter-package', [
  [
    'submits the package and reads the encounter, is through',
    async ({ write, read }) => {
      await write('createEpisode');
      await write('submitEncounterPackage');
      await read('getEncounter');
      await read('searchConditions');
    },
    { episode: 'done', submit: 'done', read: 'done', 'read-more': 'done' },
  ],
  [
    'makes no episode, is through all the same',
    async ({ write, read }) => {
      await write('submitEncounterPackage');
      await read('getEncounter');
    },
    { episode: 'skipped', submit: 'done', read: 'done' },
  ],
  [
    'never asks for its job',
    async ({ schedule, read, sandbox }) => {
      await schedule('submitEncounterPackage');
      sandbox.clock.advance('1h');
      await read('getEncounter');
    },
    { submit: 'wrong', read: 'done' },
    /submit wrong: the client was never told the end of its job/,
  ],
  [
    'reads another encounter',
    async ({ write, read }) => {
      await write('submitEncounterPackage');
      await read('getEncounter', { at: { encounters: STRANGER } });
    },
    { submit: 'done', read: 'wrong' },
    /read wrong: it was answered 404; path\.encounter_id is 1{8}-/,
  ],
  [
    'reads the encounter before its job is over',
    async ({ schedule, read, sandbox }) => {
      const { json } = await schedule('submitEncounterPackage');
      await read('getEncounter');
      sandbox.clock.advance('1h');
      await read('getJob', { at: { jobs: json.data.links[0].href.split('/').at(-1) } });
    },
    { submit: 'done', read: 'out of order' },
    /read out of order: it came before step submit was over; it was answered 404/,
  ],
  [
    'submits an encounter that is planned',
    async ({ write }) => {
      await write('submitEncounterPackage', {
        change: (content: Json) => ({
          ...content,
          encounter: { ...(content.encounter as Json), status: 'planned' },
        }),
      });
    },
    { submit: 'wrong', read: 'not reached' },
    /signed\.encounter\.status is planned, and should be finished/,
  ],
]);

const own = ({ newest }: Opened) => ({ at: { approvals: newest('approval') } });

siblings('approval', [
  [
    'asks, verifies and reads, is through',
    async (c) => {
      await c.write('createApproval');
      await c.write('resendSmsOnApproval', own(c));
      await c.read('verifyApproval', own(c));
      await c.read('getApproval', own(c));
      await c.write('cancelApproval', own(c));
    },
    { create: 'done', resend: 'done', verify: 'done', read: 'done', cancel: 'done' },
  ],
  [
    'tries a wrong code first, is through with the right one',
    async (c) => {
      await c.write('createApproval');
      await c.read('verifyApproval', { ...own(c), body: { code: 1 } });
      await c.read('verifyApproval', own(c));
      await c.read('getApprovals');
    },
    { create: 'done', verify: 'done', read: 'done', resend: 'skipped', cancel: 'skipped' },
  ],
  [
    'has but a wrong code',
    async (c) => {
      await c.write('createApproval');
      await c.read('verifyApproval', { ...own(c), body: { code: 1 } });
    },
    { create: 'done', verify: 'wrong', read: 'not reached' },
    /verify wrong: it was answered 422/,
  ],
  [
    'verifies another approval',
    async (c) => {
      await c.write('createApproval');
      await c.read('verifyApproval', { at: { approvals: STRANGER } });
    },
    { create: 'done', verify: 'wrong' },
    /path\.id is 1{8}-.*, and resource of create is /,
  ],
  [
    'reads it without having verified it',
    async (c) => {
      await c.write('createApproval');
      await c.read('getApproval', own(c));
    },
    { create: 'done', verify: 'not reached', read: 'wrong' },
    /answer\.\*\.is_verified is false, and should be true/,
  ],
]);

const request = (c: Opened) => ({ at: { service_requests: c.newest('service_request') } });
const takeOn = async (c: Opened) => {
  await c.write('createServiceRequest');
  await c.read('getServiceRequest', request(c));
  await c.write('useServiceRequest', request(c));
};

siblings('service-request', [
  [
    'goes on to the completion, is through',
    async (c) => {
      await takeOn(c);
      await c.write('changeServiceRequestStatusToInProgress', request(c));
      await c.write('completeServiceRequest', request(c));
      await c.read('getServiceRequest', request(c));
    },
    {
      ...{ create: 'done', read: 'done', use: 'done', begin: 'done', complete: 'done' },
      ...{ 'read-completed': 'done', find: 'skipped' },
    },
  ],
  [
    'completes what it has not begun',
    async (c) => {
      await takeOn(c);
      await c.write('completeServiceRequest', request(c));
    },
    { use: 'done', begin: 'not reached', complete: 'wrong' },
    /complete wrong: its job was told as failed/,
  ],
  [
    'takes it on before anybody has read it',
    async (c) => {
      await c.write('createServiceRequest');
      await c.write('useServiceRequest', request(c));
      await c.read('getServiceRequest', request(c));
    },
    { create: 'done', read: 'done', use: 'out of order' },
  ],
  [
    'takes another one on',
    async (c) => {
      await c.write('createServiceRequest');
      await c.read('getServiceRequest', request(c));
      await c.write('useServiceRequest', { at: { service_requests: STRANGER } });
    },
    { read: 'done', use: 'wrong' },
    /path\.service_request_id is 1{8}-/,
  ],
  [
    'does not look whether it is completed',
    async (c) => {
      await takeOn(c);
      await c.write('changeServiceRequestStatusToInProgress', request(c));
      await c.write('completeServiceRequest', request(c));
    },
    { complete: 'done', 'read-completed': 'not reached' },
  ],
]);

describe('a course', () => {
  it('that makes an approval at once is through without a job', async () => {
    const c = await open('approval', 'created-at-once');
    const { status } = await c.schedule('createApproval');
    expect(status).toBe(201);
    await c.read('verifyApproval', own(c));
    await c.read('getApproval', own(c));
    const verdict = await c.verdict();
    expect(verdict.process?.outcome, stepsOf(verdict).join('\n')).toBe('passed');
  });

  it('that fails the package ends there', async () => {
    const c = await open('encounter-package', 'failed-conflict');
    await c.write('submitEncounterPackage');
    const verdict = await c.verdict('&seen=true');
    expect(verdict.process?.outcome, stepsOf(verdict).join('\n')).toBe('passed');
    expect(outcomesOf(verdict)).toMatchObject({
      submit: 'done',
      'submit-shown': 'done',
      read: 'skipped',
    });
  });

  it('that fails taking on lets what comes before succeed', async () => {
    const c = await open('service-request', 'failed-conflict');
    await takeOn(c);
    const verdict = await c.verdict('&seen=true');
    expect(outcomesOf(verdict)).toMatchObject({
      create: 'done',
      read: 'done',
      use: 'done',
      begin: 'skipped',
    });
    expect(verdict.process?.outcome).toBe('passed');
  });
});
