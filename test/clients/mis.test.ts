import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SandboxOptions, SessionControl, Verdict } from '../../src/index.js';
import { base64, send } from '../support/client.js';
import { openSandbox } from '../support/sandbox.js';
import { ask, type Given, NAMES, run } from './mis.mjs';

/** The patient of the contract's examples. */
const RECORDED = '7c3da506-804d-4550-8993-bf17f9ee0402';
const CREDENTIALS = { token: 'token', apiKey: 'key', psk: 'psk' };

/** An id that the system has given to an episode of its own. */
const EPISODE = 'd5a1c7e0-4b93-4f68-8e2d-7c0b9f3a6154';

/** What its forms are filled in with: those whom the session's world begins with, and the contract's own bodies. */
async function givenOf(session: SessionControl): Promise<Given> {
  const example = async (operation: string) => {
    const url = `${new URL(session.url).origin}/__sandbox/examples/${operation}`;
    return (await send('GET', url)).json;
  };
  const { begin, resources } = session.world();
  const { patient_id, newborn_id, mother_id, employee_id, division_id } = begin;
  const unknown = resources.preperson?.find(({ id }) => id !== newborn_id)?.id;
  const episode = { ...(await example('createEpisode')), id: EPISODE };
  return {
    patient: patient_id ?? '',
    newborn: newborn_id ?? '',
    mother: mother_id ?? '',
    unknown: unknown ?? '',
    recorded: RECORDED,
    author: employee_id ?? '',
    division: division_id ?? '',
    code: 3782,
    from: '2026-01-12',
    to: '2026-01-16',
    next: '2026-01-17',
    until: '2026-01-23',
    born: '2025-03-05',
    bodies: {
      episode,
      encounter: inEpisode(await example('submitEncounterPackage')),
      approval: await example('createApproval'),
      prequalify: await example('prequalifyServiceRequest'),
      serviceRequest: await example('createServiceRequest'),
      use: await example('useServiceRequest'),
      process: undefined,
      complete: await example('completeServiceRequest'),
      person: await example('submitPersonRequestV2'),
    },
  };
}

/** The same package, of an encounter in the system's own episode. */
function inEpisode(body: Record<string, string>) {
  const content = JSON.parse(Buffer.from(body.signed_data ?? '', 'base64').toString());
  content.encounter.episode.identifier.value = EPISODE;
  return { ...body, signed_data: base64(content) };
}

/** Runs a process in a session whose clock it moves by sleeping. */
async function play(
  session: SessionControl,
  process: string,
  more: Partial<Parameters<typeof run>[0]> = {},
) {
  return run({
    process,
    url: session.url,
    ask,
    sleep: (ms) => session.clock.advance(ms),
    credentials: CREDENTIALS,
    given: await givenOf(session),
    ...more,
  });
}

async function open(options: SandboxOptions = {}) {
  return (await openSandbox({ pack: 'esoz', ...options })).sandbox;
}

/** What it sees of each process where all goes well; a line for each step. */
const SEEN: Record<string, { seen: string[]; before?: (session: SessionControl) => unknown }> = {
  'create-and-sign': {
    seen: ['created PRELIMINARY', 'signed FINAL', 'ERLN DONE SUCCESS', 'printed'],
  },
  RC_4: {
    before: (session) => session.next('signed-then-erln-error', { operation: 'signComposition' }),
    seen: [
      'created PRELIMINARY',
      'signed FINAL',
      'ERLN FAILED ERROR',
      'sent again',
      'ERLN FAILED ERROR',
      'ERLN DONE SUCCESS',
    ],
  },
  RC_5: {
    seen: [
      'created PRELIMINARY',
      'signed FINAL',
      'created PRELIMINARY',
      'signed FINAL',
      'the one before AMENDED',
    ],
  },
  RC_6: {
    seen: [
      'created PRELIMINARY',
      'signed FINAL',
      'created PRELIMINARY',
      'signed FINAL',
      'the refined AMENDED',
    ],
  },
  RC_7: {
    before: (session) => session.set({ settings: { EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: true } }),
    seen: [
      'created PRELIMINARY',
      'signed FINAL',
      'cancelled ENTERED_IN_ERROR',
      'created PRELIMINARY',
      'signed FINAL',
    ],
  },
  birth: { seen: ['created PRELIMINARY', 'signed FINAL', 'MJU_DRACS DONE SUCCESS'] },
  cancellation: {
    seen: [
      'created PRELIMINARY',
      'signed FINAL',
      'cancelled ENTERED_IN_ERROR',
      'ERLN DONE SUCCESS',
      'ERLN DONE SUCCESS',
    ],
  },
  'encounter-package': {
    seen: [
      'episode active',
      'job processed: encounter condition',
      'encounter finished',
      'listed true',
    ],
  },
  approval: { seen: ['sent 202', 'by OTP', 'verified true'] },
  'service-request': {
    seen: [
      'prequalified VALID',
      'created active',
      'use active',
      'process in_progress',
      'complete completed',
    ],
  },
  'declaration-request': {
    before: (session) => session.next('appears-after-5s'),
    seen: ['requested NEW by OTP', 'approved APPROVED', 'signed active', 'declaration active'],
  },
  'person-request': {
    before: (session) => session.next('appears-after-5s'),
    seen: ['requested NEW', 'approved APPROVED', 'signed SIGNED', 'told by OTP'],
  },
};

describe('a client after the habits of public systems', () => {
  it('is tried with every process that it knows', () => {
    expect(Object.keys(SEEN)).toEqual(NAMES);
  });

  it.each(Object.entries(SEEN))('goes through %s, and no rule is broken', async (name, {
    seen,
    before,
  }) => {
    const sandbox = await open();
    before?.(sandbox);
    expect(await play(sandbox, name)).toEqual(seen);
    const verdict = sandbox.verdict();
    expect(red(verdict)).toEqual([]);
    expect(verdict.jobs.length).toBeGreaterThan(0);
  });

  it('signs in without a browser, and is let into what its token allows alone', async () => {
    const sandbox = await open({ auth: 'strict' });
    const { begin } = sandbox.world();
    const scope =
      'composition:create composition:read composition:sign composition:search encounter:read person:read authentication_method:read';
    const account = {
      email: begin.email ?? '',
      password: begin.password ?? '',
      mis: begin.mis_client_id ?? '',
      legalEntity: begin.client_id ?? '',
      back: 'https://mis.example/back',
    };
    const signedIn = (session: SessionControl, process: string) =>
      play(session, process, {
        credentials: { apiKey: begin.api_key ?? '', psk: 'psk' },
        account: { ...account, scope },
      });
    expect(await signedIn(sandbox, 'create-and-sign')).toEqual(SEEN['create-and-sign']?.seen);
    expect(await signedIn(sandbox.session('other'), 'cancellation')).toEqual([
      expect.stringMatching(/^Refused 401: .*Missing allowances: composition:cancel$/),
    ]);
  });
});

/** Rules that are red, and whether the scenario's own expectations are. */
function red({ rules }: Verdict): string[] {
  return rules
    .filter(({ outcome, severity }) => outcome === 'failed' && severity !== 'note')
    .map(({ rule }) => rule);
}

const SIGNED = SEEN['create-and-sign']?.seen ?? [];
const SENT = SEEN['encounter-package']?.seen ?? [];
const DECLARED = SEEN['declaration-request']?.seen ?? [];
const OPEN = [expect.stringMatching(/^Rejected: job \S+ is open still$/)];

/** What it makes of a scenario, by its habits, and what is true of it then. */
const HABITS: [process: string, scenario: string, seen: unknown[], red: string[]][] = [
  // Its pause is three seconds, whatever the eta is.
  ['create-and-sign', 'done-no-links', SIGNED, []],
  ['create-and-sign', 'eta-moves', SIGNED, ['eta-respected', 'newest-eta-used']],
  // Whatever goes wrong on the way, it looks again.
  ['create-and-sign', 'bad-gateway-html', SIGNED, ['eta-respected']],
  ['create-and-sign', 'throttled-429', SIGNED, ['retry-after-honoured']],
  [
    'create-and-sign',
    'lost-after-pending',
    OPEN,
    ['eta-respected', 'stops-on-404', 'expectations'],
  ],
  ['create-and-sign', 'unauthorized-for-ever', OPEN, ['stops-on-refusal', 'expectations']],
  // It looks for everything below `data`.
  [
    'create-and-sign',
    'done-bare-envelope',
    OPEN,
    ['stops-when-final', 'reads-the-result', 'expectations'],
  ],
  // A reason may stand anywhere; where its code stands apart, it is put in front.
  [
    'create-and-sign',
    'failed-error-rules',
    ['Rejected: 1172: Treatment violation date should be >= composition start && <= now'],
    ['eta-respected'],
  ],
  [
    'create-and-sign',
    'failed-response-data-code',
    ['Rejected: 1167: Illegal author position'],
    ['eta-respected'],
  ],
  [
    'create-and-sign',
    'failed-link-error-object',
    ['Rejected: 1143: Existing composition has start date after suggested start date'],
    [],
  ],
  // No redirect is followed: a 303 is read as it is, with a Location and without.
  ['encounter-package', 'processed-with-location', SENT, []],
  ['encounter-package', 'processed-after-eta', SENT, []],
  [
    'encounter-package',
    'processed-with-payload',
    [SENT[0], 'job processed: ', ...SENT.slice(2)],
    [],
  ],
  // A link of other letters is no job to it, so that it reads what is not there yet.
  [
    'encounter-package',
    'job-link-capital',
    ['Refused 404: Encounter not found'],
    ['reaches-the-end', 'expectations'],
  ],
  // Fifteen looks, then nobody knows.
  [
    'encounter-package',
    'slow',
    [expect.stringMatching(/^TimedOut: job \w+ is pending after 15 looks$/)],
    ['reaches-the-end', 'expectations'],
  ],
  // After a 404 the link itself is tried, at once.
  ['encounter-package', 'lost-after-pending', ['Refused 404: Not found'], ['spacing']],
  // What does not appear is looked for ten times.
  ['declaration-request', 'never-appears', [...DECLARED.slice(0, 3), 'declaration not there'], []],
  ['declaration-request', 'otp-wrong', ['Refused 422: Invalid verification code'], []],
  // What goes wrong on the way is the end.
  [
    'encounter-package',
    'unavailable-503',
    ['Refused 503: Service is temporarily unavailable'],
    ['survives-a-blip', 'expectations'],
  ],
  ['encounter-package', 'failed-forbidden', ['Failed: Access denied'], []],
  [
    'encounter-package',
    'failed-validation',
    ['Failed: $.encounter.date: Date must be in the past'],
    [],
  ],
  ['encounter-package', 'failed-with-error', ['Failed: Internal error'], []],
];

/** What each process schedules first, to which a scenario is put. */
const FIRST: Record<string, string> = {
  'create-and-sign': 'createComposition',
  'encounter-package': 'submitEncounterPackage',
};

describe('habits of public systems, and what is said of them', () => {
  it.each(HABITS)('%s in %s', async (process, scenario, seen, expected) => {
    const sandbox = await open();
    const operation = FIRST[process];
    sandbox.next(scenario, operation === undefined ? {} : { operation });
    expect(await play(sandbox, process)).toEqual(seen);
    expect(red(sandbox.verdict())).toEqual(expected);
  });
});

/** Suites that hold a client to a process, by their names; the processes of the client are called the same. */
const SUITES = ['compositions', 'medical-events', 'general', 'esoz'].flatMap((pack) => {
  const folder = `scenarios/${pack}/suites`;
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((file) => /^steps:/m.test(readFileSync(`${folder}/${file}`, 'utf8')))
    .map((file) => file.replace('.yaml', ''));
});

const processOf = (suite: string) =>
  NAMES.find((name) => name.toLowerCase().replaceAll('_', '-') === suite);

describe('a suite that holds clients to a process', () => {
  it('is there for processes of the client', () => {
    expect(SUITES.filter((suite) => processOf(suite) !== undefined).length).toBeGreaterThan(8);
  });

  it.each(
    SUITES.filter((suite) => processOf(suite) !== undefined),
  )('%s is passed by it, step by step', async (suite) => {
    const sandbox = await open();
    const address = `${sandbox.url}/__sandbox/sessions/default`;
    const chosen = await send('PUT', address, { body: { suite } });
    expect(chosen.status, chosen.text).toBe(200);
    const process = processOf(suite) ?? '';
    SEEN[process]?.before?.(sandbox);
    expect(await play(sandbox, process)).toEqual(SEEN[process]?.seen);
    const { json } = await send('GET', `${address}/verdict?run=over`);
    const outcomes = json.process.steps.map(({ outcome }: { outcome: string }) => outcome);
    expect(outcomes).not.toContain('wrong');
    expect(outcomes).not.toContain('left out');
    expect(json.process, JSON.stringify(json.process)).toMatchObject({ suite, outcome: 'passed' });
    expect(json.held).toBe(true);
  });
});
