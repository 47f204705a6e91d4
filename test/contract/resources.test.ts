import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkBinding } from '../../src/contract/check-binding.js';
import { loadContract } from '../../src/contract/contract.js';
import { parseBinding } from '../../src/formats/binding/parse.js';
import { FileError, type Problem } from '../../src/problem.js';

const text = await readFile('test/fixtures/shop/binding.yaml', 'utf8');
const contract = await loadContract('test/fixtures/shop/openapi.yaml');

function found(changed: string): readonly Problem[] {
  try {
    const binding = parseBinding('binding.yaml', changed);
    return [...binding.problems, ...checkBinding(binding, contract)];
  } catch (error) {
    if (error instanceof FileError) return error.problems;
    throw error;
  }
}

describe('the resources of a binding', () => {
  it('that are true of its contract have no mistake', () => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    [
      'read: getOrder',
      'read: getOrdr',
      '16:5 BINDING_UNKNOWN_OPERATION',
      /did you mean getOrder\?/,
    ],
    ['read: getOrder', 'reed: getOrder', '16:5 BINDING_UNKNOWN_KEY', /read/],
    ['made_by: createOrder', 'create: createOrder', '14:5 BINDING_OPERATION_TWICE', /made_by/],
    ['read: getNote', 'read: getOrder', '32:5 BINDING_OPERATION_TWICE', /leave it out/],
    ['read: getNote', 'read: getJob', '32:5 BINDING_OPERATION_TWICE', /leave it out/],
    ['id: orderId', 'id: ordrId', '15:5 BINDING_UNKNOWN_PARAMETER', /did you mean orderId\?/],
    ['id: orderId', 'field: ordrId', '15:5 BINDING_UNKNOWN_FIELD', /./],
    ['id: orderId', 'items: dta', '15:5 BINDING_UNKNOWN_FIELD', /did you mean data\?/],
    ['id: orderId', 'ids: number', '15:5 BINDING_IDS_DO_NOT_SUIT', /ids/],
    ['id: orderId', 'ids: 3 words', '15:10 BINDING_WRONG_VALUE', /write uuid/],
    [
      'id: orderId',
      'data: { note: "{bdy.note}" }',
      '15:19 BINDING_UNKNOWN_PLACE',
      /did you mean body\?/,
    ],
    ['from: city', 'frm: city', '27:15 BINDING_UNKNOWN_PARAMETER', /did you mean from\?/],
    ['from: city', 'from: cty', '27:5 BINDING_UNKNOWN_FIELD', /did you mean city\?/],
    [
      'page: query.page',
      'page: query.pge',
      '28:15 BINDING_UNKNOWN_PARAMETER',
      /did you mean page\?/,
    ],
    ['read: getCustomer', 'read: deleteCustomer', '26:5 BINDING_OPERATION_TWICE', /./],
    ['list: listNotes', 'list: getNote', '33:5 BINDING_OPERATION_TWICE', /./],
  ])('are refused when "%s" is "%s"', (part, other, place, hint) => {
    expect(text).toContain(part);
    const problems = found(text.replace(part, other));
    const places = problems.map(({ code, line, column }) => `${line}:${column} ${code}`);
    expect(places).toContain(place);
    const { message, hint: next } = problems[places.indexOf(place)] as Problem;
    expect(`${message}; ${next}`).toMatch(hint);
  });
});
