import { type Oddity, ok, refuses, takes } from './oddity.js';

/** All in one document: each has paths and schemas of its own. */
export const ODD_31: readonly Oddity[] = [
  {
    name: 'types as lists',
    values: `
/types: { type: [ object, "null" ], required: [ a ], properties: { a: { type: [ string, integer, "null" ] }, b: { type: [ array, "null" ], items: { type: [ integer ] } } } }
`,
    asks: [
      ok('GET /types'),
      takes('/types', 'null'),
      takes('/types', { a: 1, b: [1] }),
      refuses('/types', { a: true }),
    ],
  },
  {
    name: 'words of 3.0, read as they were meant',
    values: `
/of-30: { type: object, properties: { a: { type: integer, minimum: 0, exclusiveMinimum: true, nullable: true }, b: { type: number, maximum: 5, exclusiveMaximum: false } } }
`,
    asks: [ok('GET /of-30'), takes('/of-30', { a: null, b: 5 }), refuses('/of-30', { a: 0 })],
  },
  {
    name: 'const, $defs and a $ref into them',
    values: `
/defs: { $ref: "#/components/schemas/WithDefs" }
/defs/inner: { $ref: "#/components/schemas/WithDefs/$defs/K" }
`,
    components: `
schemas:
  WithDefs: { $defs: { K: { const: k } }, type: object, required: [ k ], properties: { k: { $ref: "#/components/schemas/WithDefs/$defs/K" } } }
`,
    asks: [
      ok('GET /defs'),
      takes('/defs', { k: 'k' }),
      refuses('/defs', { k: 'x' }),
      takes('/defs/inner', '"k"'),
    ],
  },
  {
    name: 'if, then, else',
    values: `
/if: { type: object, if: { properties: { a: { const: x } }, required: [ a ] }, then: { required: [ b ] }, else: { required: [ a ] } }
`,
    asks: [
      takes('/if', { a: 'x', b: 'y' }),
      takes('/if', { a: 'z' }),
      refuses('/if', { a: 'x' }),
      refuses('/if', {}),
    ],
  },
  {
    name: 'schemas that are true and false',
    values: `
/true: { type: object, properties: { any: true, none: false } }
`,
    components: `
schemas:
  Anything: true
`,
    asks: [ok('GET /true'), takes('/true', { any: 1 }), refuses('/true', { none: 1 })],
  },
  {
    name: 'prefixItems and contains',
    values: `
/tuple: { type: array, prefixItems: [ { type: string }, { type: integer } ], items: false, minItems: 2, contains: { type: integer } }
`,
    asks: [takes('/tuple', ['a', 1]), refuses('/tuple', ['a', 1, 2])],
  },
  {
    name: 'tuples of an earlier draft',
    values: `
/tuple-07: { type: array, items: [ { type: string }, { type: integer } ] }
`,
    asks: [ok('GET /tuple-07'), takes('/tuple-07', ['a', 1])],
  },
  {
    name: 'words beside a $ref',
    values: `
/beside: { type: object, properties: { a: { $ref: "#/components/schemas/Short", description: x, maxLength: 2 } } }
`,
    components: `
schemas:
  Short: { type: string }
`,
    asks: [ok('GET /beside'), takes('/beside', { a: 'ab' }), refuses('/beside', { a: 'abc' })],
  },
  {
    name: 'an anchor',
    values: `
/anchor: { $ref: "#named" }
`,
    components: `
schemas:
  Anchored: { $anchor: named, type: object, required: [ a ] }
`,
    asks: [takes('/anchor', { a: 1 }), refuses('/anchor', {})],
  },
  {
    name: 'a schema with an $id, and a $ref that is relative to it',
    values: `
/id: { $ref: "#/components/schemas/WithId" }
`,
    components: `
schemas:
  WithId: { $id: https://example.org/schemas/with-id, type: object, required: [ k ], $defs: { K: { $id: k, const: k } }, properties: { k: { $ref: k } } }
`,
    asks: [takes('/id', { k: 'k' }), refuses('/id', { k: 'x' })],
  },
  {
    name: 'a $dynamicRef',
    values: `
/dynamic: { $ref: "#/components/schemas/Strict" }
`,
    components: `
schemas:
  Tree: { $id: https://example.org/tree, $dynamicAnchor: node, type: object, properties: { children: { type: array, items: { $dynamicRef: "#node" } } } }
  Strict: { $id: https://example.org/strict, $dynamicAnchor: node, $ref: tree, unevaluatedProperties: false }
`,
    asks: [takes('/dynamic', { children: [{ children: [] }] })],
  },
  {
    name: 'operations without responses, and a path item by reference',
    paths: `
/silent: { get: {} }
/item: { $ref: "#/components/pathItems/Item" }
`,
    components: `
pathItems:
  Item: { get: { responses: { "200": { description: OK, content: { application/json: { schema: { type: object } } } } } } }
`,
    asks: [ok('GET /silent'), ok('GET /item')],
  },
  {
    name: 'names of properties by patterns',
    values: `
/named: { type: object, patternProperties: { ^(?!x-): { type: string } } }
`,
    asks: [ok('GET /named'), takes('/named', { a: 'x', 'x-a': 1 })],
  },
  {
    name: 'names that every object of JavaScript inherits',
    values: `
/inherited: { type: object, required: [ constructor ], properties: { constructor: { type: string }, toString: { type: string } } }
`,
    paths: `
/inherited-query:
  get:
    parameters: [ { name: valueOf, in: query, schema: { type: integer } } ]
    responses: { "200": { description: OK } }
`,
    asks: [
      ok('GET /inherited'),
      takes('/inherited', { constructor: 'x' }),
      refuses('/inherited', {}),
      refuses('/inherited', { constructor: 'x', toString: 1 }),
      ok('GET /inherited-query'),
      ok('GET /inherited-query?valueOf=1'),
      { ask: 'GET /inherited-query?valueOf=x', wanted: 'refused' },
    ],
  },
  {
    name: 'lists of a fixed form that contain something more',
    values: `
/tuple-and-more: { type: array, prefixItems: [ { type: string }, { type: integer } ], contains: { type: boolean }, minItems: 2 }
/tuple-of-contained: { type: array, prefixItems: [ { type: string }, { type: integer, minimum: 7 } ], items: false, contains: { const: 9 } }
/contains-twice: { type: array, items: { type: integer }, contains: { minimum: 5 }, minContains: 2 }
`,
    asks: [ok('GET /tuple-and-more'), ok('GET /tuple-of-contained'), ok('GET /contains-twice')],
  },
  {
    name: 'a parameter that its path has no place for',
    paths: `
/placeless/{id}:
  parameters: [ { name: id, in: path, required: true, schema: { type: integer } }, { name: tenant, in: path, required: true, schema: { type: string } } ]
  get:
    parameters: [ { name: Id, in: path, required: true, schema: { type: string } } ]
    responses: { "200": { description: OK } }
`,
    asks: [ok('GET /placeless/7'), { ask: 'GET /placeless/x', wanted: 'refused' }],
  },
  {
    name: 'two paths that differ in the names of their parameters alone',
    paths: `
/same/{number}:
  parameters: [ { name: number, in: path, required: true, schema: { type: integer } } ]
  get: { responses: { "200": { description: by its number } } }
/same/{name}:
  parameters: [ { name: name, in: path, required: true, schema: { type: string, pattern: "^[a-z]+$" } } ]
  get: { responses: { "203": { description: by its name } } }
  put: { responses: { "204": { description: only here } } }
`,
    asks: [
      ok('GET /same/7'),
      { ask: 'GET /same/x', wanted: 203 },
      { ask: 'PUT /same/x', wanted: 204 },
      { ask: 'GET /same/X-1', wanted: 'refused' },
    ],
  },
  {
    name: 'an operation that has no answer but 101',
    paths: `
/upgraded: { get: { responses: { "101": { description: Switching Protocols } } } }
`,
    asks: [{ ask: 'GET /upgraded', wanted: 501 }],
  },
];
