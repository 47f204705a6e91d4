import { describe, expect, it } from 'vitest';
import { difference } from '../../../src/packs/general/requests/difference.js';

describe('what was signed and what was handed out', () => {
  it.each([
    [{ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 }, undefined],
    [{ person: { patient_signed: true } }, { person: { patient_signed: false } }, undefined],
    [{ a: null }, {}, undefined],
    [{ a: [1, 2] }, { a: [1, 3] }, '$.a.1'],
    [{ a: [1] }, { a: [1, 2] }, '$.a'],
    [{ a: {} }, { a: [] }, '$.a'],
    [{ a: 1, more: 2 }, { a: 1 }, '$.more'],
    [{}, { person: { id: 'x' } }, '$.person'],
    [{ a: '1' }, { a: 1 }, '$.a'],
  ])('%j and %j differ at %s', (signed, handed, path) => {
    expect(difference(signed, handed)).toBe(path);
  });
});
