import { describe, expect, it } from 'vitest';
import type { SessionControl } from '../../src/index.js';
import { conclusion } from '../clients/mis/conclusions.mjs';
import { makeClient } from '../support/client.js';
import { openSandbox } from '../support/sandbox.js';

/*
 * Bodies in the form in which public systems send them, of every category, with everything that their forms can add:
 * each is taken, or the refusal names the rule, where it is from, and how it is switched off.
 */

const CATEGORIES =
  'SICKNESS CHILD_CARE FAMILY_CARE PARENTAL_CARE PREGNANCY QUARANTINE COVID19 TEMP_TRANSFER PROSTHETIC RESTORATION';
const FLAGS = ['IS_ACCIDENT', 'IS_INTOXICATED', 'IS_FOREIGN_TREATMENT', 'IS_FORCE_RENEW'];
const VIOLATION = [
  { valueCode: 'TREATMENT_VIOLATION', valueString: 'reject_recommendation' },
  { valueCode: 'TREATMENT_VIOLATION_DATE', valueDate: '2026-01-13' },
];
const EXTENSIONS: Record<string, (method: string) => object[]> = {
  nothing: () => [],
  flags: () => FLAGS.map((valueCode) => ({ valueCode, valueBoolean: true })),
  'a violation': () => VIOLATION,
  'a message': (valueUuid) => [{ valueCode: 'INFORM_WITH', valueUuid }],
};

const ROWS = CATEGORIES.split(' ').flatMap((category) =>
  ['person', 'preperson'].flatMap((kind) =>
    Object.keys(EXTENSIONS).map((extension) => [category, kind, extension] as const),
  ),
);

/** What stands in the way of a body: nothing, or names of rules, as the refusal tells them. */
async function obstacle(session: SessionControl, body: object): Promise<string[]> {
  const { status, json, text } = await makeClient(session.url).create(body);
  if (status !== 200) return switchesIn(text);
  session.clock.advance('1min');
  const job = (await makeClient(session.url).poll(json.data.id)).json.data;
  if (job.status === 'DONE') return [];
  return switchesIn((session.jobs().at(-1)?.notes ?? []).join('\n'));
}

/** A refusal that names no source or no switch is none that anybody can work with. */
function switchesIn(told: string): string[] {
  const found = [
    ...told.matchAll(/source: [^;]{5,}; to switch it off: setting RULES_OFF=([\w-]+)/g),
  ];
  expect(found, told).not.toEqual([]);
  return found.map(([, name = '']) => name);
}

/** The rules that are switched off until a body is taken; none is met twice. */
async function switchedOff(session: SessionControl, body: object): Promise<string[]> {
  const off: string[] = [];
  for (;;) {
    const names = await obstacle(session, body);
    if (names.length === 0) return off;
    expect(off).not.toEqual(expect.arrayContaining(names));
    off.push(...names);
    session.set({ settings: { RULES_OFF: off.join(',') } });
  }
}

function bodyOf(session: SessionControl, category: string, kind: string, extension: string) {
  const { begin, resources } = session.world();
  const { newborn_id, patient_id = '', encounter_id = '', employee_id = '' } = begin;
  const unknown = resources.preperson?.find(({ id }) => id !== newborn_id)?.id ?? '';
  const subject = [kind, kind === 'person' ? patient_id : unknown] as const;
  return conclusion({
    type: 'TEMP_DISABILITY',
    category,
    subject,
    focus: subject,
    encounter: encounter_id,
    author: employee_id,
    from: '2026-01-12',
    to: '2026-01-16',
    extension: EXTENSIONS[extension]?.(begin.authentication_method_id ?? '') ?? [],
  });
}

/** Rules that stand in the way of a body, by what is publicly known of them. */
function expected(category: string, kind: string, extension: string): string[] {
  const unknown = kind === 'preperson';
  return [
    ...(unknown && !['SICKNESS', 'CHILD_CARE'].includes(category) ? ['preperson-categories'] : []),
    // Five days are neither 126 nor 140.
    ...(category === 'PREGNANCY' ? ['pregnancy-days'] : []),
    ...(unknown && extension === 'flags' ? ['foreign-treatment'] : []),
  ];
}

describe('a body as public systems send it', () => {
  it('is taken, or its refusal says what rule it is, where it is from and how it is switched off', async () => {
    const { sandbox } = await openSandbox({ pack: 'esoz' });
    for (const [category, kind, extension] of ROWS) {
      const session = sandbox.session(`${category}-${kind}-${extension}`.replaceAll(' ', '-'));
      const off = await switchedOff(session, bodyOf(session, category, kind, extension));
      expect(off, session.name).toEqual(expected(category, kind, extension));
    }
  });

  it('is taken of a birth, with a message to the mother or without one', async () => {
    const { sandbox } = await openSandbox({ pack: 'esoz' });
    for (const told of [true, false]) {
      const session = sandbox.session(`birth-${told}`);
      expect(await obstacle(session, birthOf(session, told))).toEqual([]);
    }
  });
});

function birthOf(session: SessionControl, told: boolean) {
  const { begin, resources } = session.world();
  const { newborn_id = '', mother_id = '', encounter_id = '', employee_id = '' } = begin;
  const [, method] = resources.authentication_method ?? [];
  return conclusion({
    type: 'NEWBORN',
    category: 'LIVE_BIRTH',
    subject: ['preperson', newborn_id],
    focus: ['person', mother_id],
    encounter: encounter_id,
    author: employee_id,
    from: '2025-03-05',
    extension: [
      ...(told ? [{ valueCode: 'INFORM_WITH', valueUuid: method?.id }] : []),
      { valueCode: 'NEWBORN_BIRTH_DATE', valueDate: '2025-03-05' },
      { valueCode: 'NEWBORN_SEX', valueString: 'FEMALE' },
    ],
  });
}
