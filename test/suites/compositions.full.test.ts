import { describe, expect, it } from 'vitest';
import { base64 } from '../support/client.js';
import {
  birth,
  cancellation,
  disability,
  disabilityOf,
  ENCOUNTER,
  MOTHER,
  PATIENT,
  reference,
} from '../support/conclusions.js';
import { type OpenedProcess, openProcess, outcomesOf, stepsOf } from '../support/processes.js';
import { siblingsWith } from './siblings.js';

/*
 * Each process of conclusions over HTTP: a client that goes through it rightly, and siblings that leave a step out, take
 * it out of its turn, or do it wrongly.
 */

const OTHER = '9d2cbb43-4d5c-4b3e-8a50-2f6d5b1c7e90';

const relating = (code: string, id: string) => ({
  relatesTo: { code, targetIdentifier: id },
  event: days('2026-01-17', '2026-01-20'),
});

function days(first: string, last: string) {
  const code = { coding: [{ system: 'COMPOSITION_EVENTS', code: 'COMPOSITION_VALIDITY_PERIOD' }] };
  return [{ code, period: { start: `${first}T00:00:01Z`, end: `${last}T20:59:59Z` } }];
}

/** Reads, signs and reads what was made. */
async function finish({ read, sign }: OpenedProcess, id: string, patient = PATIENT) {
  await read(id, patient);
  await sign(id, patient);
  await read(id, patient);
}

const first = async ({ signed, read }: OpenedProcess, body: unknown = disability()) => {
  const id = await signed(body);
  await read(id);
  return id;
};

const siblings = siblingsWith((suite) => openProcess(suite));

siblings('rc-4', [
  [
    'sends the conclusion again and looks what has come of it, is through',
    async (c) => {
      const id = await c.signed(disability());
      await c.integration(id);
      await c.done(await c.client.resend(id));
      await c.integration(id);
    },
    { error: 'done', resend: 'done', integration: 'done' },
  ],
  [
    'sends it without having looked for the error',
    async (c) => {
      const id = await c.signed(disability());
      await c.done(await c.client.resend(id));
      await c.integration(id);
    },
    { error: 'done', resend: 'out of order', integration: 'not reached' },
    /resend out of order: it came before step error was over/,
  ],
  [
    'does not look again',
    async (c) => {
      const id = await c.signed(disability());
      await c.integration(id);
      await c.done(await c.client.resend(id));
    },
    { error: 'done', resend: 'done', integration: 'not reached' },
  ],
  [
    'sends another conclusion than the one with the error',
    async (c) => {
      await c.integration(await c.signed(disability()));
      await c.client.resend(OTHER);
    },
    { error: 'done', resend: 'wrong' },
    /resend wrong: it was answered 404; path\.compositionId is 9d2c/,
  ],
  [
    'looks again before the job of sending is over',
    async (c) => {
      const id = await c.signed(disability());
      await c.integration(id);
      const scheduled = await c.client.resend(id);
      await c.integration(id);
      await c.done(scheduled);
    },
    { error: 'done', resend: 'done', integration: 'not reached' },
  ],
]);

siblings('rc-5', [
  [
    'continues what it has read, is through',
    async (c) => {
      const id = await first(c);
      await finish(c, await c.make(disability(relating('appends', id))));
      await c.read(id);
    },
    {
      ...{ first: 'done', continue: 'done', read: 'done', sign: 'done' },
      ...{ 'read-signed': 'done', amended: 'done' },
    },
  ],
  [
    'does not look at the earlier one afterwards, is through all the same',
    async (c) => finish(c, await c.make(disability(relating('appends', await first(c))))),
    { continue: 'done', 'read-signed': 'done', amended: 'skipped' },
  ],
  [
    'makes a new conclusion that appends nothing',
    async (c) => {
      await first(c);
      await c.make(disability({ event: days('2026-01-17', '2026-01-20') }));
    },
    { first: 'done', continue: 'not reached' },
  ],
  [
    'appends it to another patient’s',
    async (c) => {
      const id = await first(c);
      await c.make(disabilityOf(OTHER, relating('appends', id)));
    },
    { first: 'done', continue: 'wrong' },
    /continue wrong: body\.subject\.value is 9d2c.*, and answer\.subject\.value of first is 7075e0e2/,
  ],
  [
    'continues a draft',
    async (c) => {
      const id = await c.make(disability());
      await c.read(id);
      await c.make(disability(relating('appends', id)));
    },
    { first: 'wrong', continue: 'unproven', read: 'not reached', sign: 'not reached' },
    /first wrong: answer\.status is PRELIMINARY, and should be FINAL/,
  ],
  [
    'signs the continuation without reading it',
    async (c) => {
      const id = await c.make(disability(relating('appends', await first(c))));
      await c.done(await c.client.sign(id, base64((await peek(c, id)) as object)));
      await c.read(id);
    },
    { continue: 'done', read: 'left out', sign: 'unproven' },
  ],
]);

/** What is signed without anybody having read it over HTTP. */
async function peek({ sandbox }: OpenedProcess, id: string): Promise<unknown> {
  const found = sandbox.resources().find((one) => one.id === id);
  return found?.document;
}

const preperson = disability({
  subject: reference('preperson', PATIENT),
  section: { focus: reference('preperson', PATIENT) },
});
const refined = (id: string) =>
  disabilityOf(OTHER, {
    relatesTo: { code: 'replaces', targetIdentifier: id },
    section: { focus: reference('person', OTHER) },
  });

siblings('rc-6', [
  [
    'refines the preperson’s conclusion to the person, is through',
    async (c) => {
      const id = await first(c, preperson);
      await finish(c, await c.make(refined(id)), OTHER);
      await c.read(id);
    },
    {
      first: 'done',
      refine: 'done',
      read: 'done',
      sign: 'done',
      'read-signed': 'done',
      amended: 'done',
    },
  ],
  [
    'refines a person’s',
    async (c) => {
      const id = await first(c);
      await c.end(await c.client.create(refined(id)));
    },
    { first: 'wrong', refine: 'unproven', sign: 'not reached' },
    /first wrong: answer\.subject\.type\.coding\.0\.code is person, and should be preperson/,
  ],
  [
    'names the preperson again',
    async (c) => {
      const id = await first(c, preperson);
      await c.end(
        await c.client.create({
          ...preperson,
          relatesTo: { code: 'replaces', targetIdentifier: id },
        }),
      );
    },
    { first: 'done', refine: 'wrong' },
    /body\.subject\.type\.coding\.0\.code is preperson, and should be person/,
  ],
  [
    'never signs the refined one',
    async (c) => {
      const id = await first(c, preperson);
      await c.read(await c.make(refined(id)), OTHER);
    },
    { refine: 'done', read: 'done', sign: 'not reached' },
  ],
]);

const cancelled = async (c: OpenedProcess) => {
  const id = await c.signed(disability());
  await c.cancel(id, cancellation(id, 'INCORRECT_PATIENT'));
  return id;
};
const inPlace = (id: string) =>
  disability({ relatesTo: { code: 'replaces', targetIdentifier: id } });

siblings('rc-7', [
  [
    'makes another in place of the cancelled one, is through',
    async (c) => {
      const id = await cancelled(c);
      await c.read(id);
      await finish(c, await c.make(inPlace(id)));
    },
    { first: 'done', replace: 'done', read: 'done', sign: 'done', 'read-signed': 'done' },
  ],
  [
    'does not read the cancelled one',
    async (c) => finish(c, await c.make(inPlace(await cancelled(c)))),
    { first: 'wrong', replace: 'unproven', 'read-signed': 'done' },
  ],
  [
    'makes one of another type',
    async (c) => {
      const id = await cancelled(c);
      await c.read(id);
      const relatesTo = { code: 'replaces', targetIdentifier: id };
      await c.end(await c.client.create(birth({ relatesTo })));
    },
    { first: 'done', replace: 'wrong' },
    /body\.type\.coding\.0\.code is NEWBORN, and answer\.type\.coding\.0\.code of first is TEMP_DISABILITY/,
  ],
  [
    'does not read what it has signed',
    async (c) => {
      const id = await cancelled(c);
      await c.read(id);
      const made = await c.make(inPlace(id));
      await c.read(made);
      await c.sign(made);
    },
    { sign: 'done', 'read-signed': 'not reached' },
  ],
]);

siblings('birth', [
  [
    'concludes a birth, is through',
    async (c) => {
      const id = await c.make(birth());
      await finish(c, id);
      await c.integration(id);
    },
    { create: 'done', read: 'done', sign: 'done', 'read-signed': 'done', integration: 'done' },
  ],
  [
    'concludes a disability in its place',
    async (c) => {
      await finish(c, await c.make(disability()));
    },
    { create: 'wrong', read: 'done' },
    /body\.type\.coding\.0\.code is TEMP_DISABILITY, and should be NEWBORN/,
  ],
  [
    'forgets the sex of the newborn',
    async (c) => {
      const [date] = birth().extension;
      await c.end(await c.client.create(birth({ extension: [date] })));
    },
    { create: 'wrong' },
    /body\.extension\.\*\.valueCode is NEWBORN_BIRTH_DATE, and should be NEWBORN_SEX/,
  ],
  [
    'names the mother as the subject',
    async (c) => {
      await c.end(await c.client.create(birth({ subject: reference('person', MOTHER) })));
    },
    { create: 'wrong' },
    /body\.subject\.type\.coding\.0\.code is person, and should be preperson/,
  ],
  [
    'does not ask what the register has made of it',
    async (c) => finish(c, await c.make(birth())),
    { 'read-signed': 'done', integration: 'not reached' },
  ],
]);

siblings('cancellation', [
  [
    'cancels what it has read, is through',
    async (c) => {
      const id = await first(c);
      await c.cancel(id);
      await c.read(id);
      await c.integration(id);
    },
    { first: 'done', cancel: 'done', 'read-cancelled': 'done', integration: 'done' },
  ],
  [
    'gives a reason that is in no dictionary',
    async (c) => {
      const id = await first(c);
      await c.end(await c.client.cancel(id, base64(cancellation(id, 'CHANGED_MY_MIND'))));
    },
    { first: 'done', cancel: 'wrong' },
    /FAILED .*; signed\.reason\.coding\.0\.code is CHANGED_MY_MIND, and should be INCORRECT_CATEGORY or/,
  ],
  [
    'cancels a draft',
    async (c) => {
      const id = await c.make(disability());
      await c.read(id);
      await c.end(await c.client.cancel(id, base64(cancellation(id))));
    },
    { first: 'wrong', cancel: 'wrong', 'read-cancelled': 'not reached' },
  ],
  [
    'does not read what it has cancelled',
    async (c) => c.cancel(await first(c)),
    { cancel: 'done', 'read-cancelled': 'not reached' },
  ],
  [
    'reads it before the job of cancelling is over',
    async (c) => {
      const id = await first(c);
      const scheduled = await c.client.cancel(id, base64(cancellation(id)));
      await c.read(id);
      await c.done(scheduled);
    },
    { cancel: 'done', 'read-cancelled': 'not reached' },
  ],
  [
    'signs the cancellation of another conclusion',
    async (c) => {
      const id = await first(c);
      await c.client.cancel(id, base64(cancellation(OTHER)));
    },
    { first: 'done', cancel: 'wrong' },
    /it was answered 400; signed\.identifier\.value is 9d2c/,
  ],
]);

describe('a course in which a step comes to nothing', () => {
  const continuing = async (c: OpenedProcess) => {
    const id = await first(c);
    const scheduled = await c.client.create(disability(relating('appends', id)));
    c.sandbox.clock.advance('5s');
    await c.end(scheduled);
  };

  it.each([
    ['rc-5', 'failed-1143', continuing, 'continue'],
    [
      'cancellation',
      'failed-1005',
      async (c: OpenedProcess) => {
        const id = await first(c);
        const scheduled = await c.client.cancel(id, base64(cancellation(id)));
        c.sandbox.clock.advance('5s');
        await c.end(scheduled);
      },
      'cancel',
    ],
    [
      'rc-7',
      'failed-1181',
      async (c: OpenedProcess) => {
        const id = await cancelled(c);
        await c.read(id);
        const scheduled = await c.client.create(inPlace(id));
        c.sandbox.clock.advance('5s');
        await c.end(scheduled);
      },
      'replace',
    ],
  ] as const)('%s, %s: ends there, and what it says must be shown', async (suite, course, play, step) => {
    const client = await openProcess(suite, course);
    await play(client);
    const verdict = await client.verdict();
    const seen = stepsOf(verdict).join('\n');
    expect(outcomesOf(verdict), seen).toMatchObject({
      first: 'done',
      [step]: 'done',
      [`${step}-shown`]: 'unseen',
    });
    expect(verdict.process?.outcome, seen).toBe('incomplete');
    expect((await client.verdict('&seen=true')).process?.outcome).toBe('passed');
  });

  it('is not gone through by another failure', async () => {
    const c = await openProcess('rc-5', 'failed-1172');
    await c.client.create(disability(relating('appends', OTHER)), {
      'X-Sandbox-Scenario': 'failed-1143',
    });
    c.sandbox.clock.advance('9s');
    await c.client.poll(c.sandbox.jobs()[0]?.id ?? '');
    expect(stepsOf(await c.verdict()).join('\n')).toMatch(
      /continue wrong: .*it did not live the scenario failed-1172, but failed-1143/,
    );
  });

  it('is failed by who goes on with what was not made', async () => {
    const c = await openProcess('create-and-sign', 'failed-1172');
    await c.end(await c.client.create(disability()));
    const [job] = c.sandbox.journal({ operation: 'createComposition' });
    await c.read(job?.resource ?? '', PATIENT, ENCOUNTER);
    const verdict = await c.verdict('&seen=true');
    expect(stepsOf(verdict).join('\n')).toMatch(/read wrong: the client went on, although create/);
    expect(verdict.held).toBe(false);
  });
});
