import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../src/contract/template.js';
import { JsonText, showsWhole, textOfTemplate } from '../../src/contract/template-text.js';

const SCOPE = {
  n: 7,
  text: 'a "quoted" \\ text\n',
  letters: 'Київ \ud800',
  nothing: null,
  list: [1, undefined, 'x'],
  deep: { inner: { name: 'x', gone: undefined } },
  data: new JsonText('{"id":"1"}'),
};

const NAMES = [...Object.keys(SCOPE), 'gone', 'deep.inner.name', 'deep.gone'];
const place = fc.constantFrom(...NAMES.map((name) => `{${name}}`));
const template = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(
      place,
      fc.tuple(place, fc.string()).map(([p, s]) => `${s} ${p}`),
      fc.string(),
      fc.integer(),
      fc.constant(null),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ maxLength: 3 }).filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

describe('the text of a template', () => {
  it.each([
    [{ a: '{gone}', b: '{n}' }, '{"b":7}'],
    [
      { b: '{n}', a: '{gone}', c: ['{gone}', '{text}'] },
      '{"b":7,"c":["a \\"quoted\\" \\\\ text\\n"]}',
    ],
    [
      { data: '{data}', meta: { code: 200, more: '{gone}' } },
      '{"data":{"id":"1"},"meta":{"code":200}}',
    ],
    [{ 2: '{n}', 1: 'x{n}', '"': '{{n}}' }, '{"1":"x7","2":7,"\\"":"{n}"}'],
    ['{letters}', '"Київ \\ud800"'],
    ['{gone}', undefined],
    [[], '[]'],
  ])('%j', (source, text) => {
    expect(textOfTemplate(compileTemplate(source), SCOPE)).toBe(text);
  });

  it('is that of the value which the template makes, of any template', () => {
    const property = fc.property(template, (source) => {
      const filled = compileTemplate(source);
      expect(textOfTemplate(filled, SCOPE)).toBe(JSON.stringify(filled(SCOPE)));
    });
    fc.assert(property, { seed: 10, numRuns: 500 });
  });
});

it.each([
  [{ data: '{data}', meta: ['{dataset}'] }, true],
  [{ meta: '{url}' }, true],
  [{ data: '{data.id}' }, false],
  [{ data: ['of {data}'] }, false],
  ['{{data}}', true],
])('a value stands whole in %j: %s', (source, whole) => {
  expect(showsWhole(source, 'data')).toBe(whole);
});
