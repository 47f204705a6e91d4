import { describe, expect, it } from 'vitest';
import { type Asked, compileWhen } from '../../src/scenario/match.js';
import type { Scenario, When } from '../../src/scenario/scenario.js';

const scenario = (name: string, ...when: Partial<When>[]) =>
  ({ name, when }) as unknown as Scenario;
const asked = (parts: Partial<Asked>): Asked =>
  ({ body: {}, query: {}, headers: {}, ...parts }) as Asked;
const chosen = (scenarios: Scenario[], parts: Partial<Asked>) =>
  [...compileWhen(scenarios)(asked(parts))].map(({ name }) => name);

describe('scenarios that choose themselves', () => {
  it('are all whose places hold what they want, in their order; those without `when` never', () => {
    const some = [
      scenario('never'),
      scenario('b', { body: { 'subject.value': 'AB-1' } }),
      scenario('a', { body: { 'subject.value': 'ab-2' } }, { body: { 'subject.value': 'ab-1' } }),
      scenario('both', { body: { 'subject.value': 'ab-1', size: 5 } }),
    ];
    expect(chosen(some, { body: { subject: { value: 'aB-1' } } })).toEqual(['b', 'a']);
    expect(chosen(some, { body: { subject: { value: 'ab-1' }, size: '5' } })).toEqual([
      'b',
      'a',
      'both',
    ]);
    expect(chosen(some, { body: { subject: { value: 'other' } } })).toEqual([]);
  });

  it('take a whole name before a dotted path, and own properties only', () => {
    const some = [
      scenario('dotted', { headers: { 'x.y': '1' } }),
      scenario('inherited', { body: { 'constructor.name': 'Object' } }),
    ];
    expect(chosen(some, { headers: { 'x.y': '1', x: { y: '2' } } })).toEqual(['dotted']);
  });

  it('look at a place once, however many ask for it', () => {
    let looks = 0;
    const body = Object.defineProperty({}, 'kind', {
      enumerable: true,
      get: () => {
        looks += 1;
        return 'ninety';
      },
    });
    const many = Array.from({ length: 100 }, (_, i) =>
      scenario(`s${i}`, { body: { kind: `k${i}` } }),
    );
    expect(chosen([...many, scenario('it', { body: { kind: 'Ninety' } })], { body })).toEqual([
      'it',
    ]);
    expect(looks).toBe(1);
  });
});
