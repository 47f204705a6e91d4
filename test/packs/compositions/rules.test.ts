import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/index.js';
import {
  OF_CANCELLATION,
  OF_CREATION,
  OF_SIGNING,
  OF_THE_BODY,
} from '../../../src/packs/compositions/rules/index.js';
import { base64 } from '../../support/client.js';
import {
  AUTHOR,
  birth,
  cancellation,
  disability,
  ENCOUNTER,
  MOTHER,
  ofWorld,
  PATIENT,
  reference,
} from '../../support/conclusions.js';
import { makePhysician, seal } from '../../support/containers.js';
import { LONG_ENOUGH, openSandbox } from '../../support/sandbox.js';

const OTHER = '9d2cbb43-4d5c-4b3e-8a50-2f6d5b1c7e90';
const concept = (system: string, code: string) => ({ coding: [{ system, code }] });
const category = (code: string) => ({ category: concept('COMPOSITION_CATEGORIES', code) });
const ofWorldBut = (changes: Record<string, unknown>) => ({ ...ofWorld(), ...changes });
const preperson = { subject: reference('preperson', PATIENT) };

function lasting(start: string, end: string | null) {
  const code = concept('COMPOSITION_EVENTS', 'COMPOSITION_VALIDITY_PERIOD');
  return { event: [{ code, period: { start, end } }] };
}

const days = (first: string, last: string) => lasting(`${first}T00:00:01Z`, `${last}T20:59:59Z`);
const violation = (valueDate: string) => ({
  extension: [{ valueCode: 'TREATMENT_VIOLATION_DATE', valueDate }],
});
const relating = (code: string, targetIdentifier: string) => ({
  relatesTo: { code, targetIdentifier },
});

/** A sandbox, and a client that lets every job come to its end. */
async function open(options: SandboxOptions = {}) {
  const opened = await openSandbox(options);
  const { sandbox, client } = opened;
  /** The job's status and text, or the refusal's status and message; a note goes with both. */
  const end = async (answer: Awaited<ReturnType<typeof client.create>>) => {
    if (answer.status !== 200) {
      const { message, invalid } = answer.json.error;
      return { status: answer.status, text: message, invalid, id: '', job: '' };
    }
    const job = answer.json.data.id as string;
    sandbox.clock.advance(LONG_ENOUGH);
    const { data } = (await client.poll(job)).json;
    const [link] = data.links;
    return { status: data.status, text: link.error, id: sandbox.job(job).resource, job };
  };
  const read = async (id: string, patient = PATIENT) =>
    (await client.read(patient, ENCOUNTER, id)).json.data;
  const create = async (changes: Record<string, unknown> = {}) =>
    end(await client.create(disability(changes)));
  const sign = async (id: string, patient = PATIENT) =>
    end(await client.sign(id, base64(await read(id, patient))));
  const cancel = async (id: string, content: unknown = cancellation(id)) =>
    end(await client.cancel(id, base64(content)));
  /** Id of a conclusion that is FINAL. */
  const final = async (changes: Record<string, unknown> = {}) => {
    const { id, text } = await create(changes);
    expect(text).toBeUndefined();
    const patient = (changes.subject as { value?: string } | undefined)?.value;
    expect((await sign(id, patient)).status).toBe('DONE');
    return id;
  };
  const seed = (document: Record<string, unknown>) =>
    sandbox.seed({
      type: concept('COMPOSITION_TYPES', 'TEMP_DISABILITY'),
      subject: { value: PATIENT },
      encounter: { value: ENCOUNTER },
      ...document,
    }).id;
  const notes = () => sandbox.journal().map(({ note }) => note ?? '');
  return { ...opened, end, read, create, sign, cancel, final, seed, notes };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** What breaks each rule of the body, and what keeps it. */
const BODIES: Record<string, { breaks: object[]; keeps: object[]; entry: string; says: RegExp }> = {
  'category-suits-type': {
    breaks: [category('LIVE_BIRTH'), { ...birth(), ...category('SICKNESS') }],
    keeps: [category('RESTORATION'), birth()],
    entry: '$.category.coding[0].code',
    says: /^108[15]: \w+ is no category of (TEMP_DISABILITY|NEWBORN); give one of/,
  },
  'type-system': {
    breaks: [{ type: concept('eHealth/composition_types', 'TEMP_DISABILITY') }],
    keeps: [{ type: { ...concept('COMPOSITION_TYPES', 'TEMP_DISABILITY'), text: 'МВТН' } }],
    entry: '$.type.coding[0].system',
    says: /^1073: the type is of eHealth/,
  },
  'category-system': {
    breaks: [{ category: concept('eHealth/composition_categories', 'SICKNESS') }],
    keeps: [{}],
    entry: '$.category.coding[0].system',
    says: /^1085: the category is of eHealth/,
  },
  'category-known': {
    breaks: [category('SICK'), { ...birth(), ...category('STILLBIRTH') }],
    keeps: [category('COVID19')],
    entry: '$.category.coding[0].code',
    says: /^1161: (SICK|STILLBIRTH) is not in the dictionary/,
  },
  'subject-is-focus': {
    breaks: [{ ...category('QUARANTINE'), section: { focus: reference('person', MOTHER) } }],
    keeps: [category('QUARANTINE'), { section: { focus: reference('person', MOTHER) } }],
    entry: '$.section.focus.value',
    says: /^1182: the focus of QUARANTINE is the subject/,
  },
  'preperson-categories': {
    breaks: [
      { ...preperson, ...category('FAMILY_CARE') },
      { ...preperson, ...category('COVID19') },
    ],
    keeps: [preperson, { ...preperson, ...category('CHILD_CARE') }, birth()],
    entry: '$.category.coding[0].code',
    says: /is not possible for a preperson, only SICKNESS and CHILD_CARE/i,
  },
  'disability-start': {
    breaks: [
      lasting('2026-01-12T00:00:00Z', '2026-01-16T20:59:59Z'),
      lasting('2026-01-12T00:00:01+02:00', '2026-01-16T20:59:59Z'),
    ],
    keeps: [lasting('2026-01-12T02:00:01.000+02:00', '2026-01-16T20:59:59Z')],
    entry: '$.event[0].period.start',
    says: /starts at T00:00:01Z/,
  },
  'disability-end': {
    breaks: [
      lasting('2026-01-12T00:00:01Z', '2026-01-16T23:59:59Z'),
      lasting('2026-01-12T00:00:01Z', null),
    ],
    keeps: [lasting('2026-01-12T00:00:01Z', '2026-01-12T20:59:59Z')],
    entry: '$.event[0].period.end',
    says: /ends at T20:59:59Z/,
  },
  'birth-start': {
    breaks: [
      { ...birth(), ...lasting('2026-01-12T07:30:00Z', null) },
      { ...birth(), ...lasting('2026-01-13T00:00:01Z', null) },
    ],
    keeps: [{ ...birth(), ...lasting('2026-01-12T02:00:01+02:00', null) }],
    entry: '$.event[0].period.start',
    says: /a birth of 2026-01-12 starts at 2026-01-12T00:00:01Z/i,
  },
  'birth-end': {
    breaks: [{ ...birth(), ...days('2026-01-12', '2026-01-12') }],
    keeps: [
      birth(),
      { ...birth(), event: [{ ...birth().event[0], period: { start: '2026-01-12T00:00:01Z' } }] },
    ],
    entry: '$.event[0].period.end',
    says: /the end of a birth is null/i,
  },
  'end-not-before-start': {
    breaks: [days('2026-01-12', '2026-01-11')],
    keeps: [days('2026-01-12', '2026-01-12')],
    entry: '$.event[0].period.end',
    says: /is before the start/,
  },
  'pregnancy-days': {
    breaks: [
      { ...category('PREGNANCY'), ...days('2026-01-01', '2026-05-07') },
      { ...category('PREGNANCY'), ...days('2026-01-01', '2026-01-10') },
    ],
    keeps: [
      { ...category('PREGNANCY'), ...days('2026-01-01', '2026-05-06') },
      { ...category('PREGNANCY'), ...days('2026-01-01', '2026-05-20') },
      {
        ...category('PREGNANCY'),
        ...days('2026-01-01', '2026-01-14'),
        ...relating('appends', OTHER),
      },
    ],
    entry: '$.event[0].period.end',
    says: /lasts 126 or 140 days, first and last included; this one lasts (127|10)/,
  },
};

describe('a create request', () => {
  it.each(OF_THE_BODY.map(({ name }) => name))('is refused at once with 422: %s', async (name) => {
    const { breaks, keeps, entry, says } = BODIES[name] ?? {};
    const { client, sandbox, notes } = await open();
    sandbox.set({
      settings: { EMAL_VALIDATION_SUBJECT_FOCUS_REQUIRE_EQUALITY_BY_CATEGORY: ['QUARANTINE'] },
    });
    for (const changes of breaks ?? []) {
      const { status, json } = await client.create(disability(changes as Record<string, unknown>));
      expect(status).toBe(422);
      expect(json.error.type).toBe('validation_failed');
      expect(json.error.message).toMatch(says as RegExp);
      expect(json.error.invalid.map((i: { entry: string }) => i.entry)).toContain(entry);
      expect(json.error.message).toContain(`RULES_OFF=${name}`);
      expect(notes().at(-1)).toMatch(new RegExp(`${name}: .*; source: .*RULES_OFF=${name}`));
    }
    expect(sandbox.jobs()).toEqual([]);
    for (const changes of keeps ?? []) {
      const { status } = await client.create(disability(changes as Record<string, unknown>));
      expect(status, JSON.stringify(changes)).toBe(200);
    }
  });

  it('is told every rule that it breaks, each at its place', async () => {
    const { client } = await open();
    const wrong = {
      ...category('LIVE_BIRTH'),
      ...lasting('2026-01-12T08:00:00Z', '2026-01-01T09:00:00Z'),
    };
    const { json } = await client.create(disability(wrong));
    expect(json.error.invalid.map((i: { entry: string }) => i.entry)).toEqual([
      '$.category.coding[0].code',
      '$.event[0].period.start',
      '$.event[0].period.end',
      '$.event[0].period.end',
    ]);
  });
});

interface Played {
  code: string;
  /** It asks after what a platform begins with. */
  platform?: boolean;
  /** Ends in the breach. */
  breaks: (opened: Opened) => Promise<{ status: unknown; text: string; job: string }>;
  note: RegExp;
}

/** How each of the other rules is broken; its job is FAILED with `CODE: message`, or the message alone. */
const JOBS: Record<string, Played> = {
  'birth-subject': {
    code: '1154: The subject is of the wrong kind',
    breaks: ({ create }) => create(birth({ subject: reference('person', PATIENT) })),
    note: /give the newborn as a preperson/,
  },
  'birth-focus': {
    code: '1009: The focus of a birth should be a person',
    breaks: ({ create }) => create(birth({ section: { focus: reference('preperson', MOTHER) } })),
    note: /give the mother, a person/,
  },
  'foreign-treatment': {
    code: '1214: Foreign treatment is not allowed',
    breaks: ({ create }) =>
      create({
        ...preperson,
        section: { focus: reference('preperson', PATIENT) },
        extension: [{ valueCode: 'IS_FOREIGN_TREATMENT', valueBoolean: true }],
      }),
    note: /the focus a preperson; leave it out/,
  },
  'treatment-violation': {
    code: '1088: The treatment violation is not in its dictionary',
    breaks: ({ create }) =>
      create({ extension: [{ valueCode: 'TREATMENT_VIOLATION', valueString: 'he drank' }] }),
    note: /the violation is "he drank"; give a code such as/,
  },
  'focus-is-found': {
    code: '1010: The focus is not found',
    platform: true,
    breaks: ({ create }) => create(ofWorldBut({ section: { focus: reference('person', OTHER) } })),
    note: new RegExp(`person ${OTHER} is not there`),
  },
  'subject-is-found': {
    code: `Person ${OTHER} is not there`,
    platform: true,
    breaks: ({ create }) => create(ofWorldBut({ subject: reference('person', OTHER) })),
    note: /to switch it off: setting RULES_OFF=subject-is-found/,
  },
  'focus-is-active': {
    code: '1111: The focus is not active',
    breaks: ({ create, sandbox }) => {
      sandbox.seed({ kind: 'person', id: PATIENT, status: 'inactive' });
      return create();
    },
    note: new RegExp(`person ${PATIENT} is inactive`),
  },
  'inform-with': {
    code: '1171: The focus has no such authentication method',
    breaks: ({ create, sandbox }) => {
      const ended = { id: OTHER, type: 'OTP', ended_at: '2026-01-01T00:00:00Z' };
      sandbox.seed({ kind: 'person', id: PATIENT, authentication_methods: [ended] });
      return create({ extension: [{ valueCode: 'INFORM_WITH', valueUuid: OTHER }] });
    },
    note: new RegExp(`authentication method ${OTHER} is not one of person ${PATIENT}`),
  },
  'author-position': {
    code: '1167: Illegal author position',
    breaks: ({ create, sandbox }) => {
      sandbox.seed({ id: AUTHOR, position: 'P14', employee_type: 'DOCTOR' });
      sandbox.set({ settings: { AUTHOR_POSITIONS: 'P1,P2' } });
      return create();
    },
    note: /has the position P14; AUTHOR_POSITIONS are P1, P2/,
  },
  'encounter-without-final': {
    code: '1127: The encounter has a FINAL composition already',
    breaks: async ({ create, final, sandbox }) => {
      sandbox.seed({ kind: 'encounter', id: ENCOUNTER, status: 'finished' });
      await final();
      return create(days('2026-02-17', '2026-02-20'));
    },
    note: new RegExp(`is FINAL and of encounter ${ENCOUNTER} too`),
  },
  'replacement-flow': {
    code: '1181: The replacement flow is not enabled',
    breaks: async ({ create, seed }) =>
      create(relating('replaces', seed({ status: 'ENTERED_IN_ERROR' }))),
    note: /in place of .* \(ENTERED_IN_ERROR\), and EMAL_COMPOSITION_FLOW_REPLACE_ENABLED is false/,
  },
  'replacement-argument': {
    code: '1160: The conclusion cannot be replaced by this one',
    breaks: async ({ create, final, sandbox }) => {
      sandbox.set({ settings: { RULES_OFF: [] } });
      return create(relating('replaces', await final()));
    },
    note: /which is FINAL and of the same kind of patient; cancel that one first/,
  },
  'replaced-same-type': {
    code: '1146: The replaced conclusion is of another type',
    breaks: async ({ create, sandbox, seed }) => {
      sandbox.set({ settings: { EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: true } });
      const type = concept('COMPOSITION_TYPES', 'NEWBORN');
      return create(relating('replaces', seed({ type, status: 'ENTERED_IN_ERROR' })));
    },
    note: /which is NEWBORN; this one is TEMP_DISABILITY/,
  },
  'replaced-is-last': {
    code: '1153: The replaced conclusion is not the last of its chain',
    breaks: async ({ create, sandbox, seed }) => {
      sandbox.set({ settings: { EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: true } });
      const first = seed({ status: 'ENTERED_IN_ERROR' });
      seed({ status: 'FINAL', ...relating('replaces', first) });
      return create(relating('replaces', first));
    },
    note: /relates to .* already; relate to that one/,
  },
  'replaced-birth-is-cancelled': {
    code: '1148: The replaced birth is not ENTERED_IN_ERROR',
    breaks: async ({ create, sandbox, seed }) => {
      sandbox.set({ settings: { EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: true } });
      const type = concept('COMPOSITION_TYPES', 'NEWBORN');
      return create({ ...birth(), ...relating('replaces', seed({ type, status: 'FINAL' })) });
    },
    note: /which is FINAL/,
  },
  'continuation-start': {
    code: 'It appends ',
    breaks: async ({ create, final, sandbox }) => {
      sandbox.set({ settings: { RULES_OFF: [] } });
      const first = await final();
      return create({ ...days('2026-01-18', '2026-01-20'), ...relating('appends', first) });
    },
    note: /which ends on 2026-01-16; start it on 2026-01-17/,
  },
  'related-not-in-error': {
    code: '1184: The related conclusion is ENTERED_IN_ERROR',
    breaks: async ({ cancel, create, final, sign }) => {
      const first = await final();
      const { id } = await create({
        ...days('2026-01-17', '2026-01-20'),
        ...relating('appends', first),
      });
      await cancel(first);
      return sign(id);
    },
    note: /it relates to .*, which is ENTERED_IN_ERROR/,
  },
  'refinement-needs-person': {
    code: '1001: Composition updates are only allowed for preperson->person',
    breaks: async ({ create, final }) => {
      const first = await final({ subject: reference('preperson', PATIENT) });
      return create({ ...preperson, ...relating('replaces', first) });
    },
    note: /the subject is a preperson/,
  },
  'one-conclusion-a-subject': {
    code: '1002: Composition for a given subject already exists',
    breaks: async ({ create, final }) => {
      await final();
      return create(days('2026-01-16', '2026-01-20'));
    },
    note: /\(FINAL, 2026-01-12 to 2026-01-16\) covers some of these days; cancel it/,
  },
  'start-not-before-previous': {
    code: '1143: Existing composition has start date after suggested start date',
    breaks: async ({ create, final }) => {
      const first = await final();
      return create({ ...days('2026-01-11', '2026-01-20'), ...relating('appends', first) });
    },
    note: /starts at 2026-01-12T00:00:01Z, this one at 2026-01-11T00:00:01Z already/,
  },
  'treatment-violation-date': {
    code: '1172: Treatment violation date should be >= composition start && <= now',
    breaks: async ({ create }) => create(violation('2026-01-11')),
    note: /the date is 2026-01-11; give a day from 2026-01-12 to 2026-02-02/,
  },
  'signed-what-was-read': {
    code: 'The signed content is not the composition, it differs at $.event[0].period.end; read it',
    breaks: async ({ client, create, end, read }) => {
      const { id } = await create();
      const content = await read(id);
      content.event[0].period.end = '2026-01-17T20:59:59Z';
      return end(await client.sign(id, base64(content)));
    },
    note: /differs at \$\.event\[0\]\.period\.end/,
  },
  'signer-is-author': {
    code: 'The signer (A physician, tax id 1234567890) is not the author, employee ',
    breaks: async ({ client, create, end, read, sandbox }) => {
      const { id } = await create();
      const content = await read(id);
      sandbox.seed({ id: content.author.value, party: { tax_id: '0987654321' } });
      const signer = await makePhysician('p256', { serialNumber: 'TINUA-1234567890' });
      const bytes = await seal(JSON.stringify(content), [signer]);
      return end(await client.sign(id, bytes.toString('base64')));
    },
    note: /is not the author/,
  },
  'cancel-final-only': {
    code: "1003: Can't cancel composition in non-FINAL state",
    breaks: async ({ cancel, create }) => cancel((await create()).id),
    note: /the conclusion is PRELIMINARY/,
  },
  'cancellation-reason': {
    code: '1004: Invalid cancellation coding',
    breaks: async ({ cancel, final }) => {
      const id = await final();
      return cancel(id, cancellation(id, 'TYPO'));
    },
    note: /give reason\.coding\[0\] of eHealth\/COMPOSITION_CANCELLATION_REASONS_TEMP_DISABILITY: INCORRECT/,
  },
  'cancellation-window': {
    code: "1005: Can't cancel composition: too old",
    breaks: async ({ cancel, final, sandbox }) => {
      const id = await final();
      sandbox.clock.advance('7d');
      return cancel(id);
    },
    note: /could be cancelled for 7 days \(EMAL_FILTER_CANCEL_TIMEOUT_DISABILITY\)/,
  },
  'no-running-task': {
    code: "1006: Can't cancel composition: integration tasks are already running",
    breaks: async ({ cancel, create, sandbox, sign }) => {
      const { id } = await create();
      sandbox.next('signed-then-erln-pending', { operation: 'signComposition' });
      await sign(id);
      return cancel(id);
    },
    note: /CREATE_ERLN_RECORD for ERLN is PENDING/,
  },
  'replaced-is-found': {
    code: '1137: The replaced conclusion is not found',
    breaks: async ({ cancel, seed }) =>
      cancel(seed({ status: 'FINAL', ...relating('replaces', OTHER) })),
    note: new RegExp(`it replaces ${OTHER}, which is not found`),
  },
  'replaced-is-amended': {
    code: '1136: The replaced conclusion is not in status AMENDED',
    breaks: async ({ cancel, seed }) => {
      const first = seed({ status: 'ENTERED_IN_ERROR' });
      return cancel(seed({ status: 'FINAL', ...relating('replaces', first) }));
    },
    note: /which is ENTERED_IN_ERROR/,
  },
};

const OF_JOBS = [...OF_CREATION, ...OF_SIGNING, ...OF_CANCELLATION];

describe('a job', () => {
  it.each(OF_JOBS.map(({ name, code }) => [name, code]))('is FAILED: %s %s', async (name, code) => {
    const { code: text, breaks, note, platform } = JOBS[name] as Played;
    const opened = await open(platform ? { pack: 'esoz' } : {});
    const { sandbox } = opened;
    const failed = await breaks(opened);
    expect(failed).toMatchObject({ status: 'FAILED', text: expect.stringContaining(text) });
    expect(failed.text.startsWith(code)).toBe(true);
    const job = sandbox.job(failed.job);
    expect(job.notes).toEqual([expect.stringMatching(note)]);
    expect(job.notes?.[0]).toContain(`${name}: `);
    expect(opened.notes().at(-1)).toBe(job.notes?.[0]);
  });

  it.each(OF_JOBS.map(({ name }) => name))('is DONE with --rules off: %s', async (name) => {
    const pack = JOBS[name]?.platform ? { pack: 'esoz' } : {};
    const opened = await open({ rules: 'off', ...pack });
    expect((await JOBS[name]?.breaks(opened))?.status).toBe('DONE');
  });
});

describe('one conclusion a subject (1002)', () => {
  it('lets the same request be sent twice: drafts bind nobody, and one of them can be signed', async () => {
    const { create, sign } = await open();
    const [first, second] = [await create(), await create()];
    expect([first.status, second.status]).toEqual(['DONE', 'DONE']);
    expect((await sign(first.id)).status).toBe('DONE');
    expect(await sign(second.id)).toMatchObject({
      status: 'FAILED',
      text: expect.stringMatching(/^1002: /),
    });
  });

  it('takes other days, another type and another subject, and what relates to the other one', async () => {
    const { create, client, end, final } = await open();
    const first = await final();
    const subject = reference('person', OTHER);
    expect((await create(days('2026-01-17', '2026-01-20'))).status).toBe('DONE');
    expect((await end(await client.create(birth()))).status).toBe('DONE');
    expect((await create({ subject })).status).toBe('DONE');
    expect((await create(relating('appends', first))).status).toBe('DONE');
  });

  it('does not count what is cancelled or AMENDED', async () => {
    const { cancel, create, final, seed } = await open();
    await cancel(await final());
    seed({ status: 'AMENDED', ...days('2026-01-12', '2026-01-16') });
    expect((await create()).status).toBe('DONE');
  });

  it('counts each birth that has not been cancelled, drafts too: nobody is born twice', async () => {
    const { create, seed, sign } = await open();
    const type = concept('COMPOSITION_TYPES', 'NEWBORN');
    seed({ type, status: 'ENTERED_IN_ERROR', ...lasting('2026-01-10T00:00:01Z', null) });
    const { id, status } = await create(birth());
    expect(status).toBe('DONE');
    const again = await create(birth());
    expect(again.text).toMatch(/^1002: /);
    expect((await sign(id)).status).toBe('DONE');
    expect((await create(birth({ subject: reference('preperson', OTHER) }))).status).toBe('DONE');
  });

  it('knows a subject whose id is written in capitals', async () => {
    const { create, final } = await open();
    await final();
    const subject = reference('person', PATIENT.toUpperCase());
    expect((await create({ subject })).text).toMatch(/^1002: /);
  });
});

describe('the start of a conclusion', () => {
  it('is not before that of any FINAL one of the same subject, related or not', async () => {
    const { create, final } = await open();
    await final();
    const { text } = await create(days('2026-01-05', '2026-01-09'));
    expect(text).toMatch(/^1143: /);
    const subject = reference('person', OTHER);
    expect((await create({ subject, ...days('2026-01-05', '2026-01-09') })).status).toBe('DONE');
  });
});

describe('the treatment violation date (1172)', () => {
  it.each([
    ['2026-01-11', 'FAILED'],
    ['2026-01-12', 'DONE'],
    ['2026-02-02', 'DONE'],
    ['2026-02-03', 'FAILED'],
  ])('%s: %s, from the start until today', async (date, status) => {
    const { create } = await open();
    expect((await create(violation(date))).status).toBe(status);
  });

  it('goes by the day in Ukraine', async () => {
    const { create } = await open({
      clock: { mode: 'manual', now: Date.parse('2026-02-02T22:30:00Z') },
    });
    expect((await create(violation('2026-02-03'))).status).toBe('DONE');
  });
});

describe('a refinement', () => {
  it('of a preperson into a person is DONE, and no note asks after the replacement flow', async () => {
    const { create, final, notes } = await open();
    const first = await final({ subject: reference('preperson', OTHER) });
    expect((await create(relating('replaces', first))).status).toBe('DONE');
    expect(notes().join()).not.toContain('REPLACE_ENABLED');
  });

  it('of a person is taken unasked, and the job tells what the real service would say', async () => {
    const { create, final, sandbox } = await open();
    const first = await final();
    const { job, status } = await create(relating('replaces', first));
    expect(status).toBe('DONE');
    expect(sandbox.job(job).notes).toEqual([
      expect.stringMatching(/^business rule replacement-argument is off \(setting RULES_OFF\): /),
    ]);
    sandbox.set({ settings: { RULES_OFF: [] } });
    expect((await create(relating('replaces', first))).text).toMatch(/^1160: /);
  });
});

describe('a conclusion in place of a cancelled one', () => {
  it('is made and signed while the replacement flow is enabled, and the cancelled one stays so', async () => {
    const { cancel, create, final, read, sandbox, sign } = await open();
    const first = await final();
    await cancel(first);
    expect((await create(relating('replaces', first))).text).toMatch(/^1181: /);
    sandbox.set({ settings: { EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: true } });
    const { id, status } = await create({ ...preperson, ...relating('replaces', first) });
    expect(status).toBe('DONE');
    expect((await sign(id)).status).toBe('DONE');
    expect((await read(first)).status).toBe('ENTERED_IN_ERROR');
  });

  it('of a birth is another birth of the same newborn', async () => {
    const { create, sandbox, seed } = await open();
    const type = concept('COMPOSITION_TYPES', 'NEWBORN');
    const first = seed({ type, status: 'ENTERED_IN_ERROR' });
    sandbox.set({ settings: { EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: true } });
    expect((await create({ ...birth(), ...relating('replaces', first) })).status).toBe('DONE');
  });
});

describe('the switch of one rule', () => {
  it.each(['category-suits-type', '1085'])('RULES_OFF=%s lets its body through', async (word) => {
    const { create, sandbox, notes } = await open();
    expect((await create(category('LIVE_BIRTH'))).status).toBe(422);
    sandbox.set({ settings: { RULES_OFF: word } });
    expect((await create(category('LIVE_BIRTH'))).status).toBe('DONE');
    expect(notes().join()).toContain('business rule category-suits-type is off');
    const wrong = await create({ ...category('LIVE_BIRTH'), ...days('2026-01-12', '2026-01-11') });
    expect(wrong).toMatchObject({ status: 422, text: expect.stringContaining('before the start') });
  });

  it('lets a job be DONE that would be FAILED', async () => {
    const { create, sandbox } = await open({ settings: { RULES_OFF: 'treatment-violation-date' } });
    const { job, status } = await create(violation('2026-01-11'));
    expect(status).toBe('DONE');
    expect(sandbox.job(job).notes?.[0]).toMatch(/treatment-violation-date is off/);
  });

  it('names rules that there are', async () => {
    const { sandbox } = await open();
    const set = (word: string) => () => sandbox.set({ settings: { RULES_OFF: [word] } });
    expect(set('birth-strat')).toThrow('did you mean birth-start?');
    expect(set('anything')).toThrow('setting RULES_OFF cannot be ["anything"]; known: ');
  });
});

describe('settings with two names', () => {
  it('are one: each shows what the other was given', async () => {
    const { sandbox } = await open({ settings: { CANCEL_DAYS_NEWBORN: 30 } });
    expect(sandbox.set({}).settings).toMatchObject({
      EMAL_FILTER_CANCEL_TIMEOUT_NEWBORN: 30,
      CANCEL_DAYS_NEWBORN: 30,
    });
    const { settings } = sandbox.set({
      settings: { EMAL_FILTER_CANCEL_TIMEOUT_DISABILITY: 14, CANCEL_DAYS_REPLACEMENT: '90' },
    });
    expect(settings).toMatchObject({
      CANCEL_DAYS_TEMP_DISABILITY: 14,
      EMAL_FILTER_REPLACEMENT_CANCEL_TIMEOUT_NEWBORN: 90,
      EMAL_FILTER_REPLACEMENT_CANCEL_TIMEOUT_DISABILITY: 90,
    });
    const back = sandbox.set({ settings: { CANCEL_DAYS_TEMP_DISABILITY: null } }).settings;
    expect(back).toMatchObject({ EMAL_FILTER_CANCEL_TIMEOUT_DISABILITY: 7 });
  });
});

describe('a cancellation', () => {
  const birthReason = (id: string) => ({
    identifier: reference('composition', id),
    reason: concept('eHealth/COMPOSITION_CANCELLATION_REASONS_NEWBORN', 'TYPO'),
  });
  const old = (day: string) => ({ status: 'FINAL', date: `${day}T12:00:00Z` });
  const newborn = { type: concept('COMPOSITION_TYPES', 'NEWBORN') };
  const replacing = relating('replaces', OTHER);
  const amended = { identifier: { value: OTHER }, status: 'AMENDED' };

  it.each([
    ['a disability of 6 days', old('2026-01-27'), {}, 'DONE'],
    ['a disability of 8 days', old('2026-01-25'), {}, 'FAILED'],
    ['a birth of 170 days', { ...newborn, ...old('2025-08-16') }, {}, 'DONE'],
    ['a birth of 181 days', { ...newborn, ...old('2025-08-05') }, {}, 'FAILED'],
    ['a replacement of 300 days', { ...replacing, ...old('2025-04-08') }, {}, 'FAILED'],
    [
      'a replacement of 300 days in its flow',
      { ...replacing, ...old('2025-04-08') },
      { EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: true },
      'DONE',
    ],
    [
      'a replacement of 366 days in its flow',
      { ...replacing, ...old('2025-02-01') },
      { EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: true },
      'FAILED',
    ],
    [
      'a disability of 300 days in the replacement flow, for INCORRECT_OTHER',
      old('2025-04-08'),
      { EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: true },
      'FAILED',
    ],
    [
      'a disability of 300 days in the replacement flow, with its reason allowed',
      old('2025-04-08'),
      {
        EMAL_COMPOSITION_FLOW_REPLACE_ENABLED: true,
        EMAL_REPLACEMENT_FLOW_DISABILITY_ALLOWED_CANCELLATION_REASONS: 'INCORRECT_OTHER',
      },
      'DONE',
    ],
    [
      'a disability of 8 days with 30',
      old('2026-01-25'),
      { CANCEL_DAYS_TEMP_DISABILITY: 30 },
      'DONE',
    ],
    [
      'a birth of 10 days with 9',
      { ...newborn, ...old('2026-01-23') },
      { CANCEL_DAYS_NEWBORN: '9' },
      'FAILED',
    ],
  ])('of %s', async (_, document, settings, status) => {
    const { cancel, seed } = await open({ settings });
    seed(amended);
    const id = seed(document);
    const content = 'type' in document ? birthReason(id) : cancellation(id);
    const ended = await cancel(id, content);
    expect(ended.status).toBe(status);
    if (status === 'FAILED') expect(ended.text).toMatch(/^1005: /);
  });

  it.each([
    ['of the other type', concept('eHealth/COMPOSITION_CANCELLATION_REASONS_NEWBORN', 'TYPO')],
    ['of no system', { coding: [{ code: 'INCORRECT_OTHER' }] }],
    ['that is missing', undefined],
    ['that is a text', 'INCORRECT_OTHER'],
  ])('with a reason %s is FAILED with 1004', async (_, reason) => {
    const { cancel, final } = await open();
    const id = await final();
    const ended = await cancel(id, { identifier: reference('composition', id), reason });
    expect(ended).toMatchObject({ status: 'FAILED', text: expect.stringMatching(/^1004: /) });
  });

  it.each([
    'INCORRECT_CATEGORY',
    'INCORRECT_DISABILITY_PERIOD',
    'INCORRECT_INOXICATION',
    'INCORRECT_PATIENT',
    'INCORRECT_TRITMENT_VIOLATION',
  ])('with the reason %s is DONE', async (code) => {
    const { cancel, final } = await open();
    const id = await final();
    expect((await cancel(id, cancellation(id, code))).status).toBe('DONE');
  });

  it('is refused with 400 unless its content names the composition of the path', async () => {
    const { cancel, final, seed } = await open();
    const id = await final();
    const other = seed({ subject: { value: OTHER } });
    expect(await cancel(id, cancellation(OTHER))).toMatchObject({
      status: 400,
      text: `1000: Composition ${OTHER} is not found`,
    });
    expect((await cancel(id, cancellation(other))).text).toMatch(/names composition .* the path/);
    const { reason } = cancellation(id);
    expect((await cancel(id, { reason })).text).toMatch(/has no identifier\.value/);
    expect((await cancel(id, cancellation(id.toUpperCase()))).status).toBe('DONE');
  });
});

describe('the pregnancy days', () => {
  it('are a setting', async () => {
    const { create, sandbox } = await open();
    const leave = { ...category('PREGNANCY'), ...days('2026-01-01', '2026-03-11') };
    expect((await create(leave)).status).toBe(422);
    sandbox.set({ settings: { PREGNANCY_DAYS: [70, 56] } });
    expect((await create(leave)).status).toBe('DONE');
  });

  it('of what is appended are another setting, and any number unasked', async () => {
    const { create, final, sandbox } = await open();
    const first = await final({ ...category('PREGNANCY'), ...days('2026-01-01', '2026-05-06') });
    const more = (end: string) =>
      create({
        ...category('PREGNANCY'),
        ...days('2026-05-07', end),
        ...relating('appends', first),
      });
    expect((await more('2026-05-09')).status).toBe('DONE');
    sandbox.set({ settings: { PREGNANCY_DAYS_APPENDED: 14 } });
    expect((await more('2026-05-09')).text).toMatch(/appends another lasts 14 days/);
    expect((await more('2026-05-20')).status).toBe('DONE');
  });

  it("are the platform's configurations where it has them", async () => {
    const { create, sandbox } = await open();
    sandbox.seed({
      kind: 'composition_configuration',
      id: OTHER,
      name: 'EMAL_VALIDATION_PREGNANCY_NEW',
      value: [70],
    });
    const leave = (end: string) => ({ ...category('PREGNANCY'), ...days('2026-01-01', end) });
    expect((await create(leave('2026-05-06'))).status).toBe(422);
    expect((await create(leave('2026-03-11'))).status).toBe('DONE');
  });
});

describe('rules off', () => {
  it('leave only scenarios: nothing is refused by the pack, no job fails by it', async () => {
    const { client, create, sandbox } = await open({ rules: 'off' });
    const wrong = {
      ...category('LIVE_BIRTH'),
      ...lasting('2026-01-12T08:00:00Z', '2026-01-01T09:00:00Z'),
    };
    const { id, status } = await create({ ...wrong, ...relating('replaces', OTHER) });
    expect(status).toBe('DONE');
    for (const send of [client.sign, client.cancel]) {
      const { json } = await send(id, 'AAAA');
      sandbox.clock.advance(LONG_ENOUGH);
      expect((await client.poll(json.data.id)).json.data.status).toBe('DONE');
    }
    expect(sandbox.resources()[0]?.document.status).toBe('ENTERED_IN_ERROR');
    expect((await client.sign(OTHER, 'AAAA')).status).toBe(200);
    expect((await client.resend(OTHER)).status).toBe(200);
    sandbox.clock.advance(LONG_ENOUGH);
    expect(sandbox.jobs().map(({ state }) => state)).not.toContain('FAILED');
    sandbox.next('failed-1172');
    expect((await create()).text).toMatch(/^1172: /);
  });

  it('can be set for one session, and taken back', async () => {
    const { sandbox, create } = await open();
    const wrong = category('LIVE_BIRTH');
    sandbox.session('other').set({ rules: 'off' });
    expect((await create(wrong)).status).toBe(422);
    sandbox.set({ rules: 'off' });
    expect((await create(wrong)).status).toBe('DONE');
    sandbox.set({ rules: 'on' });
    expect((await create(wrong)).status).toBe(422);
  });
});
