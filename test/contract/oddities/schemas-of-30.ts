import { type Oddity, ok, refuses, takes } from './oddity.js';

/** All in one document: each has paths and schemas of its own. */
export const ODD_SCHEMAS_30: readonly Oddity[] = [
  {
    name: 'nullable beside anyOf, allOf and enum without null',
    values: `
/nullable: { type: object, properties: { any: { nullable: true, anyOf: [ { type: string }, { type: integer } ] }, all: { nullable: true, allOf: [ { $ref: "#/components/schemas/NullablePart" } ] }, one: { type: string, nullable: true, enum: [ x ] }, free: { nullable: true } } }
`,
    components: `
schemas:
  NullablePart: { type: object }
`,
    asks: [
      ok('GET /nullable'),
      takes('/nullable', { any: null, all: null, free: null }),
      takes('/nullable', { any: 1, all: {}, one: 'x', free: 3 }),
      refuses('/nullable', { any: {} }),
    ],
  },
  {
    name: 'a schema that contains itself, by its properties and its items',
    values: `
/recursive: { $ref: "#/components/schemas/Node" }
`,
    components: `
schemas:
  Node: { type: object, required: [ v ], properties: { v: { type: integer }, next: { $ref: "#/components/schemas/Node" }, all: { type: array, items: { $ref: "#/components/schemas/Node" } } } }
`,
    asks: [
      ok('GET /recursive'),
      takes('/recursive', { v: 1, next: { v: 2 }, all: [{ v: 3 }] }),
      refuses('/recursive', { v: 1, next: {} }),
    ],
  },
  {
    name: 'a base that chooses between its heirs, and heirs that refer to the base, as Java generators write it',
    values: `
/heirs: { $ref: "#/components/schemas/Base" }
`,
    components: `
schemas:
  Base: { type: object, required: [ kind ], properties: { kind: { type: string } }, discriminator: { propertyName: kind }, oneOf: [ { $ref: "#/components/schemas/Heir" } ] }
  Heir: { allOf: [ { $ref: "#/components/schemas/Base" } ], properties: { a: { type: string } } }
`,
    asks: [takes('/heirs', { kind: 'Heir', a: 'x' })],
  },
  {
    name: 'a chain of allOf',
    values: `
/chain: { $ref: "#/components/schemas/ChainC" }
`,
    components: `
schemas:
  ChainA: { type: object, required: [ a ], properties: { a: { type: string } } }
  ChainB: { allOf: [ { $ref: "#/components/schemas/ChainA" }, { required: [ b ], properties: { b: { type: integer } } } ] }
  ChainC: { allOf: [ { $ref: "#/components/schemas/ChainB" }, { required: [ c ] } ] }
`,
    asks: [
      ok('GET /chain'),
      takes('/chain', { a: 'x', b: 1, c: 1 }),
      refuses('/chain', { b: 1, c: 1 }),
    ],
  },
  {
    name: 'an answer described by default alone, by a range, without content, without any response',
    paths: `
/default: { get: { responses: { default: { description: any, content: { application/json: { schema: { type: object } } } } } } }
/range: { get: { responses: { 2XX: { description: any, content: { application/json: { schema: { type: object } } } } } } }
/bare: { get: { responses: { "200": { description: OK } } }, delete: { responses: { "204": { description: gone } } } }
/nothing: { get: { operationId: nothing, responses: {} } }
`,
    asks: [
      ok('GET /default'),
      ok('GET /range'),
      ok('GET /bare'),
      ok('DELETE /bare', { wanted: 204 }),
      ok('GET /nothing'),
    ],
  },
  {
    name: 'examples that are text, that hold a $ref or an $id, that lie elsewhere',
    paths: `
/examples/text: { get: { responses: { "200": { description: x, content: { application/json: { schema: { type: object }, example: '{"a": 1}' } } } } } }
/examples/ref: { get: { responses: { "200": { description: x, content: { application/json: { schema: { type: object }, example: { $ref: "#/nowhere" } } } } } } }
/examples/elsewhere: { get: { responses: { "200": { description: x, content: { application/json: { schema: { type: object }, examples: { one: { externalValue: https://example.org/x.json } } } } } } } }
`,
    values: `
/examples/id: { type: object, properties: { a: { type: string } }, example: { $id: x, $schema: y } }
`,
    components: `
schemas:
  AlsoWithId: { type: object, example: { $id: x } }
`,
    asks: [
      ok('GET /examples/text'),
      ok('GET /examples/ref'),
      ok('GET /examples/id'),
      takes('/examples/id', { a: 'x' }),
      ok('GET /examples/elsewhere'),
    ],
  },
  {
    name: 'properties named like keywords and like members of every object',
    values: `
/names: { type: object, required: [ type, constructor ], properties: { type: { type: string }, required: { type: boolean }, properties: { type: object, properties: { enum: { type: string } } }, nullable: { type: boolean }, example: { type: string }, pattern: { type: string }, default: { type: string }, $ref: { type: string }, $id: { type: string }, constructor: { type: string } } }
`,
    asks: [
      ok('GET /names'),
      takes('/names', { type: 'x', constructor: 'y', pattern: '(' }),
      refuses('/names', { type: 'x' }),
    ],
  },
  {
    name: 'names of schemas with slashes, blanks, percent signs, brackets, Cyrillic',
    values: `
/escaped: { $ref: "#/components/schemas/a~1b~0c" }
/blank: { $ref: "#/components/schemas/My%20Type" }
/percent: { $ref: "#/components/schemas/100%25" }
/generic: { $ref: "#/components/schemas/Page«Item[]»" }
/cyrillic: { $ref: "#/components/schemas/%D0%86%D0%BC%27%D1%8F" }
`,
    components: `
schemas:
  a/b~c: { type: object, required: [ x ] }
  My Type: { type: object, required: [ x ] }
  100%: { type: object, required: [ x ] }
  Page«Item[]»: { type: object, required: [ x ] }
  Ім'я: { type: object, required: [ x ] }
`,
    asks: [
      ok('GET /escaped'),
      takes('/escaped', { x: 1 }),
      refuses('/escaped', {}),
      ok('GET /blank'),
      takes('/blank', { x: 1 }),
      refuses('/blank', {}),
      ok('GET /percent'),
      takes('/percent', { x: 1 }),
      refuses('/percent', {}),
      ok('GET /generic'),
      takes('/generic', { x: 1 }),
      refuses('/generic', {}),
      ok('GET /cyrillic'),
      takes('/cyrillic', { x: 1 }),
      refuses('/cyrillic', {}),
    ],
  },
  {
    name: 'patterns of other languages, and some that are none',
    values: `
/patterns: { type: object, properties: { p0: { type: string, pattern: "^(?!x)[a-z]+$" }, p1: { type: string, pattern: "[a-z" }, p2: { type: string, pattern: /^abc$/i }, p3: { type: string, pattern: "^[\\\\w-.]+$" }, p4: { type: string, pattern: "\\\\A[a-z]\\\\Z" }, p5: { type: string, pattern: (?i)abc }, p6: { type: string, pattern: "^a{0,5000}$" }, p7: { type: string, pattern: \\_\\-\\@ }, p8: { type: string, pattern: "" }, p9: { type: string, pattern: "[[:alpha:]]+" }, p10: { type: string, pattern: ^(?:a|b)++$ } } }
/letters: { type: string, pattern: "^\\\\p{L}+$" }
`,
    asks: [
      ok('GET /patterns'),
      takes('/patterns', { p0: 'abc' }),
      takes('/letters', '"Їжак"'),
      refuses('/letters', '"1"'),
    ],
  },
  {
    name: 'keywords of the wrong kind',
    values: `
/wrong: { type: object, required: true, properties: { file: { type: file }, any: { type: any }, int: { type: int }, none: { type: null }, length: { type: string, minLength: "1" }, flag: { type: string, required: true }, negative: { type: string, maxLength: -1 }, empty: { enum: [] }, text: { type: string, enum: x }, nothing: { oneOf: [] }, nullish: { allOf: [ null ] }, nil: null, word: string } }
`,
    asks: [ok('GET /wrong'), takes('/wrong', { flag: 'x' })],
  },
  {
    name: 'keywords of 3.1',
    values: `
/of-31: { type: object, properties: { above: { type: integer, exclusiveMinimum: 0 }, maybe: { type: [ string, "null" ] }, fixed: { const: 1 } } }
`,
    asks: [
      ok('GET /of-31'),
      takes('/of-31', { above: 1, maybe: null }),
      refuses('/of-31', { above: 0 }),
    ],
  },
  {
    name: 'a discriminator with a mapping, some of it into nowhere',
    values: `
/pet: { $ref: "#/components/schemas/Pet" }
`,
    components: `
schemas:
  Pet: { oneOf: [ { $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" } ], discriminator: { propertyName: kind, mapping: { cat: "#/components/schemas/Cat", dog: Dog } } }
  Cat: { type: object, required: [ kind ], properties: { kind: { type: string }, lives: { type: integer } } }
  Dog: { type: object, required: [ kind ], properties: { kind: { type: string }, bark: { type: boolean } } }
`,
    asks: [
      takes('/pet', { kind: 'cat', lives: 9 }),
      takes('/pet', { kind: 'dog', bark: true }),
      refuses('/pet', { kind: 'cat', lives: 'x' }),
    ],
  },
  {
    name: 'decimals with multipleOf, whole numbers past 2^53, formats that nobody knows',
    values: `
/numbers: { type: object, properties: { money: { type: number, multipleOf: 0.01 }, big: { type: integer, format: int64, maximum: 9223372036854776000 }, odd: { type: string, format: unheard-of }, at: { type: string, format: date-time } } }
`,
    asks: [
      ok('GET /numbers'),
      takes('/numbers', { money: 19.99, big: 1234567890123456800, odd: '?' }),
      takes('/numbers', { money: 0.07 }),
      refuses('/numbers', { money: 1.001 }),
      refuses('/numbers', { at: '2025-03-03T00:00:01+0000' }),
    ],
  },
];
