import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAULT_NAMES, FAULTS } from '../../src/faults/index.js';

/** What faults share; every other file beside them is one fault. */
const SHARED = ['declare', 'delivery', 'index', 'other-eta', 'settings'];

describe('a fault', () => {
  it('is one file of its name, listed in the index', () => {
    const files = readdirSync('src/faults').map((file) => file.replace(/\.ts$/, ''));
    expect(files.filter((file) => !SHARED.includes(file)).sort()).toEqual([...FAULT_NAMES].sort());
  });

  it.each(FAULT_NAMES)('%s says what happens, and does something', (name) => {
    const { title, corrupt, play, precede, answer, statuses } = FAULTS[name];
    expect(title).toMatch(/\w/);
    expect([corrupt, play, precede].some((act) => act !== undefined)).toBe(true);
    expect(answer === 'none' ? play : (play ?? corrupt ?? precede)).toBeDefined();
    expect(statuses === undefined).toBe(answer !== 'own');
  });
});
