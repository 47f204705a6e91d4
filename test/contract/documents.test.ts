import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { broken, documentOf, filesWith, load, places, refusal } from '../support/documents.js';

const field = (schema: object, more: object = {}) => ({
  type: 'object',
  properties: { a: schema },
  ...more,
});

describe('words that are not as their version has them are read as meant, with a warning', () => {
  it.each([
    [
      'nullable without a type, in 3.1',
      '3.1.0',
      field({ nullable: true, anyOf: [{ type: 'string' }] }),
      [null, 'x'],
      [1],
    ],
    [
      'nullable beside a list of types',
      '3.1.0',
      field({ nullable: true, type: ['string', 'integer'] }),
      [null, 'x', 1],
      [true],
    ],
    [
      'nullable beside a type',
      '3.2.0',
      field({ nullable: true, type: 'string' }),
      [null, 'x'],
      [1],
    ],
    [
      'exclusiveMinimum: true in 3.1',
      '3.1.0',
      field({ type: 'integer', minimum: 5, exclusiveMinimum: true }),
      [6],
      [5],
    ],
    [
      'exclusiveMaximum: false in 3.1',
      '3.1.0',
      field({ type: 'integer', maximum: 5, exclusiveMaximum: false }),
      [5],
      [6],
    ],
    [
      'a list of items in 3.1',
      '3.1.0',
      field({ type: 'array', items: [{ type: 'string' }], additionalItems: false }),
      [['x']],
      [['x', 'y'], [1]],
    ],
    [
      'required: true at a property',
      '3.0.3',
      field({ type: 'string', required: true }),
      ['x'],
      [undefined],
    ],
    [
      'required: false at a property',
      '3.0.3',
      field({ type: 'string', required: false }),
      ['x', undefined],
      [1],
    ],
    ['type: file', '3.0.3', field({ type: 'file' }), ['x'], [1]],
    ['type: int', '3.1.0', field({ type: 'int' }), [1], ['x']],
    ['null in a list of types', '3.1.0', field({ type: ['string', null] }), [null, 'x'], [1]],
    ['a number as a text', '3.0.3', field({ type: 'string', maxLength: '3' }), ['abc'], ['abcd']],
    [
      'a flag as a text',
      '3.0.3',
      { type: 'object', properties: { a: {} }, additionalProperties: 'false' },
      ['x'],
      [],
    ],
    ['one schema in place of a list', '3.0.3', field({ allOf: { type: 'string' } }), ['x'], [1]],
    ['one name in place of a list', '3.0.3', { ...field({}), required: 'a' }, ['x'], [undefined]],
    ['one value in place of a list', '3.0.3', field({ enum: 'x' }), ['x'], ['y']],
    ['a discriminator as in Swagger 2.0', '3.0.3', { ...field({}), discriminator: 'a' }, ['x'], []],
  ] as const)('%s', async (_, version, schema, good, bad) => {
    const contract = await load(documentOf(schema, version));
    for (const a of good) expect(broken(contract, { a })).toEqual([]);
    for (const a of bad) expect(broken(contract, { a })).not.toEqual([]);
    expect(contract.problems).toHaveLength(1);
    expect(contract.problems[0]).toMatchObject({ line: 10, severity: 'warning', usable: true });
  });

  it.each([
    ['type', { type: 'thing' }],
    ['type', { type: ['string', 'thing'] }],
    ['maxLength', { maxLength: -1 }],
    ['multipleOf', { multipleOf: 0 }],
    ['minimum', { minimum: '2020-01-01' }],
    ['enum', { enum: [] }],
    ['anyOf', { anyOf: [] }],
    ['oneOf', { oneOf: ['x'] }],
    ['properties', { properties: ['x'] }],
    ['pattern', { pattern: 5 }],
    ['format', { format: ['date'] }],
    ['required', { required: { a: true } }],
    ['items', { items: 'string' }],
    ['not', { not: 'x' }],
    ['additionalProperties', { additionalProperties: null }],
    ['$ref', { $ref: 5 }],
    ['discriminator', { discriminator: {} }],
    ['patternProperties', { patternProperties: 'x' }],
    ['uniqueItems', { uniqueItems: 'perhaps' }],
    ['nullable', { nullable: 'perhaps' }],
    ['dependentRequired', { dependentRequired: { a: 'b' } }],
  ])('a value of `%s` that says nothing is left unchecked: %j', async (word, schema) => {
    for (const version of ['3.0.3', '3.1.0']) {
      const contract = await load(documentOf(field(schema), version));
      for (const a of [null, 1, 'x', [1, 1], { a: 1 }]) expect(broken(contract, { a })).toEqual([]);
      expect(contract.problems).toMatchObject([
        { code: 'CONTRACT_SCHEMA_VALUE', line: 10, severity: 'warning' },
      ]);
      expect(contract.problems[0]?.message).toContain(`\`${word}: `);
    }
  });

  it('a reference in the place of a mapping is followed', async () => {
    const contract = await load(
      documentOf(
        { type: 'object', properties: { $ref: '#/components/schemas/A/properties' } },
        '3.0.3',
        'components: { schemas: { A: { properties: { a: { type: string, nullable: true } } } } }',
      ),
    );
    expect(broken(contract, { a: null })).toEqual([]);
    expect(broken(contract, { a: 1 })).toEqual(['$.a cast']);
    expect(places(contract.problems)).toEqual(['CONTRACT_SCHEMA_VALUE 10:59']);
  });

  it('in one line for each kind, with a few places and their number', async () => {
    const names = Array.from({ length: 9 }, (_, i) => `f${i}`);
    const properties = names.map((n) => `          ${n}: { type: file }\n`).join('');
    const { problems } = await load(
      documentOf(
        `\n              type: object\n              properties:\n${properties.replace(/^/gm, '        ').trimEnd()}`,
      ),
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line: 13, column: 31 });
    expect(problems[0]?.message).toMatch(/; so do 8 more: 14:31, 15:31, 16:31, 17:31 …$/);
  });

  it('and words of their own version are no slip', async () => {
    const old = await load(
      documentOf(field({ type: 'integer', nullable: true, minimum: 1, exclusiveMinimum: true })),
    );
    expect(old.problems).toEqual([]);
    expect(broken(old, { a: null })).toEqual([]);
    expect(broken(old, { a: 1 })).not.toEqual([]);
    const present = await load(
      documentOf(
        field({ type: ['integer', 'null'], exclusiveMinimum: 1, const: 2, examples: [2] }),
        '3.1.0',
      ),
    );
    expect(present.problems).toEqual([]);
  });

  it('data that looks like a schema stays as it is', async () => {
    const example = {
      nullable: true,
      required: true,
      type: 'file',
      $ref: '#/nowhere',
      pattern: '(',
    };
    const { document, problems } = await load(
      documentOf({ type: 'object', example, default: example, 'x-own': { example } }, '3.1.0'),
    );
    expect(problems).toEqual([]);
    const text = JSON.stringify(document);
    expect(text.split(JSON.stringify(example))).toHaveLength(4);
  });
});

describe('a name in an example is data', () => {
  const example = { $id: '0123-45', id: 'x', $anchor: '1 2', x: 1 };

  it.each(['3.0.3', '3.1.0'])('of %s, wherever the example stands', async (version) => {
    const contract = await load(
      documentOf(
        field({ type: 'string', example, 'x-own': example }),
        version,
        `components:
  schemas:
    A: { type: object, example: ${JSON.stringify(example)} }
    B: { type: object, properties: { $id: { type: string }, id: { type: integer } }, example: ${JSON.stringify(example)} }
  examples:
    C: { value: ${JSON.stringify(example)} }
`,
      ),
    );
    expect(contract.problems).toEqual([]);
    expect(broken(contract, { a: 'x' })).toEqual([]);
    expect(broken(contract, { a: 1 })).toEqual(['$.a cast']);
  });

  it('while `id` of an old draft names nothing', async () => {
    const contract = await load(
      documentOf({ id: 'Thing', $schema: 'x', ...field({ type: 'string' }) }),
    );
    expect(broken(contract, { a: 1 })).toEqual(['$.a cast']);
  });
});

describe('a reference', () => {
  it.each([
    ['that leads nowhere', "{ $ref: '#/components/schemas/Nope' }"],
    [
      'to a property that is not there',
      "{ type: object, properties: { a: { $ref: '#/components/schemas/A/properties/b' } } }",
    ],
    ['to an anchor that nobody has', "{ allOf: [{ $ref: '#a' }] }"],
  ])('%s is refused, with its place', async (_, schema) => {
    const problems = await refusal(
      documentOf(
        schema,
        '3.1.0',
        'components: { schemas: { A: { type: object, properties: { c: {} } } } }',
      ),
    );
    const column = 21 + schema.indexOf('$ref');
    expect(places(problems)).toEqual([`CONTRACT_UNKNOWN_REF 10:${column + 6}`]);
  });

  it('is told with the nearest name', async () => {
    const problems = await refusal(
      documentOf(
        "{ $ref: '#/components/schemas/Jop' }",
        '3.0.3',
        'components: { schemas: { Job: {}, User: {} } }',
      ),
    );
    expect(problems[0]?.hint).toBe('did you mean Job?');
  });

  it('of a part that no operation needs is a warning', async () => {
    const { problems } = await load(
      documentOf({}, '3.0.3', "components: { schemas: { A: { $ref: '#/nowhere' } } }"),
    );
    expect(problems).toMatchObject([{ code: 'CONTRACT_UNKNOWN_REF', severity: 'warning' }]);
  });

  it.each([
    'A b',
    'a/b',
    'a~b',
    '100%',
    'Імʼя',
    'a"b',
    "it's",
    'a#b',
    'a?b',
    'a%20b',
    'a{b}',
    'a^b',
    '日本',
  ])('finds a schema named %s, escaped as the standards say or not at all', async (name) => {
    const schema = { [name]: { type: 'string' } };
    const pointer = name.replaceAll('~', '~0').replaceAll('/', '~1');
    for (const ref of new Set([encodeURIComponent(pointer), encodeURI(pointer), pointer])) {
      if (ref.includes('#') || (ref === '100%' && name !== '100%')) continue;
      const contract = await load(
        documentOf(
          { type: 'object', properties: { a: { $ref: `#/components/schemas/${ref}` } } },
          '3.1.0',
          `components: { schemas: ${JSON.stringify(schema)} }`,
        ),
      );
      expect(broken(contract, { a: 1 })).toEqual(['$.a cast']);
    }
  });

  it('by the `$id` of a 3.1 schema, by an anchor, or relative to it', async () => {
    const parts = `components:
  schemas:
    Address: { $id: 'https://example.com/schemas/address', type: object, properties: { zip: { $ref: zip } } }
    Zip: { $id: 'https://example.com/schemas/zip', type: string, pattern: '^[0-9]{5}$' }
    City: { $anchor: city, type: string }
    Node: { $id: 'https://example.com/schemas/node', type: object, properties: { next: { $ref: '#' }, v: { $ref: '#/$defs/v' } }, $defs: { v: { type: integer } } }
`;
    const schema = {
      type: 'object',
      properties: {
        address: { $ref: 'https://example.com/schemas/address' },
        city: { $ref: '#city' },
        node: { $ref: 'https://example.com/schemas/node' },
      },
    };
    const contract = await load(documentOf(schema, '3.1.0', parts));
    expect(contract.problems).toEqual([]);
    const good = { address: { zip: '01001' }, city: 'x', node: { v: 1, next: { v: 2 } } };
    expect(broken(contract, good)).toEqual([]);
    expect(broken(contract, { ...good, address: { zip: '1' } })).toEqual(['$.address.zip pattern']);
    expect(broken(contract, { ...good, city: 1 })).toEqual(['$.city cast']);
    expect(broken(contract, { ...good, node: { next: { v: 'x' } } })).toEqual([
      '$.node.next.v cast',
    ]);
  });

  it('by the `$self` of 3.2', async () => {
    const contract = await load(
      documentOf(
        { $ref: 'https://example.com/api#/components/schemas/A' },
        '3.2.0',
        '$self: https://example.com/api\ncomponents: { schemas: { A: { type: string } } }',
      ),
    );
    expect(broken(contract, 1)).toEqual(['$ cast']);
  });

  it('into a schema that is nullable without a type', async () => {
    const contract = await load(
      documentOf(
        { type: 'object', properties: { a: { $ref: '#/components/schemas/A/properties/x' } } },
        '3.0.3',
        'components: { schemas: { A: { nullable: true, properties: { x: { type: string } } } } }',
      ),
    );
    expect(broken(contract, { a: 1 })).toEqual(['$.a cast']);
  });

  it('into an alternative of a schema with a discriminator', async () => {
    const deep = '#/components/schemas/Pet/oneOf/0/properties/size';
    const contract = await load(
      documentOf(
        {
          type: 'object',
          properties: { size: { $ref: deep }, pet: { $ref: '#/components/schemas/Pet' } },
        },
        '3.0.3',
        `components:
  schemas:
    Pet:
      discriminator: { propertyName: kind }
      oneOf: [{ properties: { kind: { enum: [a] }, size: { type: integer } } }, { properties: { kind: { enum: [b] } } }]
`,
      ),
    );
    expect(broken(contract, { size: 1, pet: { kind: 'a', size: 1 } })).toEqual([]);
    expect(broken(contract, { size: 'x' })).toEqual(['$.size cast']);
  });

  it('into the network is refused, with the command that bundles', async () => {
    for (const schema of [
      "{ $ref: 'https://example.com/a.json' }",
      "{ allOf: [{ $ref: '//example.com/a' }] }",
    ]) {
      const [problem] = await refusal(documentOf(schema));
      expect(problem).toMatchObject({ code: 'CONTRACT_REMOTE_REF', line: 10 });
      expect(problem?.hint).toMatch(/npx @redocly\/cli bundle .*openapi\.yaml -o bundled\.yaml$/);
    }
  });

  it('into the network is refused in a file beside it too', async () => {
    const file = await filesWith({
      'openapi.yaml': documentOf("{ $ref: 'other.yaml#/A' }"),
      'other.yaml': "A: { properties: { a: { $ref: 'https://example.com/a.json' } } }\n",
    });
    await expect(loadContract(file)).rejects.toThrow(
      /other\.yaml:1:\d+: .*redocly\/cli bundle .*openapi\.yaml .*\[CONTRACT_REMOTE_REF\]/,
    );
  });

  it('into a file beside it is followed; what is wrong there is told at the reference', async () => {
    const file = await filesWith({
      'openapi.yaml': documentOf("{ $ref: 'other.yaml#/A' }"),
      'other.yaml':
        "A: { type: object, properties: { a: { type: file }, b: { $ref: '#/B' } } }\nB: { type: integer }\n",
    });
    const contract = await loadContract(file);
    expect(broken(contract, { a: 1, b: 'x' })).toEqual(['$.a cast', '$.b cast']);
    expect(contract.problems).toMatchObject([{ code: 'CONTRACT_SCHEMA_VALUE', line: 10 }]);
  });

  it('may lead back through properties and items', async () => {
    const contract = await load(
      documentOf(
        { $ref: '#/components/schemas/Tree' },
        '3.0.3',
        "components: { schemas: { Tree: { type: object, properties: { v: { type: integer }, inner: { type: array, items: { $ref: '#/components/schemas/Tree' } } } } } }",
      ),
    );
    expect(contract.problems).toEqual([]);
    expect(broken(contract, { v: 1, inner: [{ v: 2, inner: [] }] })).toEqual([]);
    expect(broken(contract, { inner: [{ inner: [{ v: 'x' }] }] })).toEqual([
      '$.inner[0].inner[0].v cast',
    ]);
  });

  it.each([
    ["A: { $ref: '#/components/schemas/A' }"],
    ["A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' }"],
    ["A: { allOf: [{ $ref: '#/components/schemas/A' }] }"],
    ["A: { not: { $ref: '#/components/schemas/A' } }"],
    ["A: { anyOf: [{ type: string }, { $ref: '#/components/schemas/A' }] }"],
  ])('that never ends is cut, and said: %s', async (schemas) => {
    const contract = await load(
      documentOf(
        { $ref: '#/components/schemas/A' },
        '3.0.3',
        `components: { schemas: { ${schemas} } }`,
      ),
    );
    expect(contract.problems).toMatchObject([
      { code: 'CONTRACT_ENDLESS_SCHEMA', severity: 'warning' },
    ]);
    expect(() => broken(contract, {})).not.toThrow();
  });

  it('of heirs to what they inherit from, which lists them, is read without the list', async () => {
    const parts = `components:
  schemas:
    Pet: { type: object, required: [kind], properties: { kind: { type: string } }, oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { required: [claws], properties: { claws: { type: integer } } }] }
    Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }, { required: [bark], properties: { bark: { type: string } } }] }
`;
    for (const name of ['Pet', 'Cat']) {
      const contract = await load(
        documentOf({ $ref: `#/components/schemas/${name}` }, '3.0.3', parts),
      );
      expect(contract.problems).toMatchObject([{ code: 'CONTRACT_ENDLESS_SCHEMA' }]);
      expect(broken(contract, { kind: 'cat', claws: 4 })).toEqual([]);
      expect(broken(contract, { claws: 4 })).not.toEqual([]);
      expect(broken(contract, { kind: 'cat' })).not.toEqual([]);
    }
  });
});

const paths = (text: string) => `openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths:\n${text}`;
const answer = "responses: { '200': { description: ok } }";

describe('a path', () => {
  it('without a slash is served with one, and said', async () => {
    const contract = await load(paths(`  d1: { get: { operationId: d, ${answer} } }\n`));
    expect(places(contract.problems)).toEqual(['CONTRACT_PATH 4:3']);
    expect(contract.problems[0]?.hint).toBe('write /d1');
    expect(contract.route('GET', '/d1')).toMatchObject({ operation: { id: 'd' } });
  });

  it.each([
    '/d1?beta=true',
    '/{id}?x=1',
    '/d1#acl',
  ])('%s is one that no request has', async (path) => {
    const contract = await load(
      paths(
        `  /other: { get: { operationId: o, ${answer} } }\n  ${JSON.stringify(path)}: { get: { operationId: d, ${answer} } }\n`,
      ),
    );
    expect(places(contract.problems)).toEqual(['CONTRACT_PATH_UNREACHABLE 5:3']);
    expect(contract.route('GET', '/other').kind).toBe('found');
  });

  it('that differs from another one in the names of its parameters alone is said', async () => {
    const contract = await load(
      paths(
        `  /a/{x}: { get: { operationId: a, ${answer} } }\n  /a/{y}: { get: { operationId: b, ${answer} }, put: { operationId: c, ${answer} } }\n`,
      ),
    );
    expect(places(contract.problems)).toEqual(['CONTRACT_SAME_PATH 5:13']);
    expect(contract.route('GET', '/a/1')).toMatchObject({ operation: { id: 'a' } });
    expect(contract.route('PUT', '/a/1')).toMatchObject({ operation: { id: 'c' } });
  });

  it('whose operation has the operationId of another one is said', async () => {
    const { problems } = await load(
      paths(
        `  /a: { get: { operationId: a, ${answer} } }\n  /b: { get: { operationId: a, ${answer} } }\n`,
      ),
    );
    expect(places(problems)).toEqual(['CONTRACT_SAME_OPERATION_ID 5:29']);
  });

  it('may be an extension', async () => {
    const { problems, operations } = await load(
      paths(`  x-own: { get: 1 }\n  /b: { get: { operationId: b, ${answer} } }\n`),
    );
    expect(problems).toEqual([]);
    expect([...operations.keys()]).toEqual(['b']);
  });
});

describe('what is said at the start', () => {
  it('a path without a place for one of its parameters, which is left out', async () => {
    const { problems, operations } = await load(
      paths(
        `  /a/{x}: { parameters: [ { name: X, in: path, required: true, schema: {} } ], get: { operationId: a, ${answer} } }\n`,
      ),
    );
    expect(places(problems)).toEqual(['CONTRACT_PARAMETER 4:27']);
    expect(problems[0]?.hint).toContain('x');
    expect(operations.get('a')?.parameters).toEqual([]);
  });

  it('an operation that has no answer but 101', async () => {
    const { problems } = await load(
      paths("  /a: { get: { responses: { '101': { description: d } } } }\n"),
    );
    expect(places(problems)).toEqual(['CONTRACT_NO_ANSWER 4:16']);
  });

  it('a document of webhooks alone', async () => {
    const hook = `{ post: { ${answer} } }`;
    const { problems, operations } = await load(
      `openapi: 3.1.0\ninfo: { title: t, version: '1' }\nwebhooks: { a: ${hook} }\n`,
    );
    expect(places(problems)).toEqual(['CONTRACT_NO_PATHS 3:1']);
    expect(problems[0]?.severity).toBe('warning');
    expect(operations.size).toBe(0);
  });

  it('what is left unchecked of 3.2', async () => {
    const schema = { type: 'object' };
    const form = { 'application/x-www-form-urlencoded': { schema } };
    const query = { name: 'q', in: 'querystring', content: form };
    const lines = { 'application/jsonl': { itemSchema: schema } };
    const responses = { 200: { description: 'd', content: lines } };
    const { problems, operations } = await load(
      JSON.stringify({
        openapi: '3.2.0',
        info: { title: 't', version: '1' },
        paths: { '/a': { get: { operationId: 'a', parameters: [query], responses } } },
      }),
    );
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['CONTRACT_UNCHECKED', 1],
      ['CONTRACT_UNCHECKED', 1],
    ]);
    expect(operations.get('a')?.parameters).toEqual([]);
  });
});

describe('versions', () => {
  it('3.2: QUERY and additional methods are operations', async () => {
    const { operations, problems, route } = await load(`openapi: 3.2.0
info: { title: t, version: '1' }
paths:
  /a:
    query: { operationId: q, responses: { '200': { description: ok, content: { application/jsonl: { itemSchema: { type: object } } } } } }
    additionalOperations:
      COPY: { operationId: c, responses: { '200': { description: ok } } }
      FETCH-IT: { operationId: f, responses: { '200': { description: ok } } }
`);
    expect([...operations.keys()]).toEqual(['q', 'c']);
    expect(route('QUERY', '/a')).toMatchObject({ kind: 'found', operation: { id: 'q' } });
    expect(route('COPY', '/a')).toMatchObject({ kind: 'found', operation: { id: 'c' } });
    expect(places(problems)).toEqual(['CONTRACT_METHOD 8:7', 'CONTRACT_UNCHECKED 5:101']);
  });

  it.each([
    '3.1',
    '3.0',
    '"3.1"',
    '3.2',
    '3',
  ])('%s is read without its last figure', async (version) => {
    expect(broken(await load(documentOf({ type: 'string' }, version)), 1)).toEqual(['$ cast']);
  });

  it.each([
    '4.0.0',
    '3.3.0',
    '2.0',
    '[]',
    '"3.10.0"',
  ])('%s is refused, with its place', async (version) => {
    expect(places(await refusal(documentOf({}, version)))).toEqual(['CONTRACT_VERSION 1:1']);
  });

  it('Swagger 2.0 is refused with the command that converts', async () => {
    const [problem] = await refusal('info: {}\nswagger: "2.0"\npaths: {}\n');
    expect(problem).toMatchObject({ code: 'CONTRACT_VERSION', line: 2, column: 1 });
    expect(problem?.hint).toMatch(/npx swagger2openapi .*openapi\.yaml/);
  });
});

describe('an example', () => {
  const parts = `components:
  schemas:
    A: { type: object, required: [a], properties: { a: { type: integer }, id: { type: string, readOnly: true } } }
`;
  const shown = (media: string, answers = "'200': { description: ok }") => `openapi: 3.0.3
info: { title: t, version: '1' }
paths:
  /t:
    post:
      operationId: t
      requestBody: { content: { application/json: ${media} } }
      responses: { ${answers} }
${parts}`;
  const schema = "schema: { $ref: '#/components/schemas/A' }";

  it.each([
    ['beside a schema', `{ ${schema}, example: { a: x } }`, '7:106'],
    [
      'with a name',
      `{ ${schema}, examples: { good: { value: { a: 1 } }, bad: { value: {} } } }`,
      '7:150',
    ],
    ['of the schema itself', '{ schema: { type: object, example: 1 } }', '7:86'],
  ])('%s that breaks it is said at the start', async (_, media, place) => {
    const { problems } = await load(shown(media));
    expect(places(problems)).toEqual([`CONTRACT_EXAMPLE ${place}`]);
    expect(problems[0]).toMatchObject({ severity: 'warning', usable: true });
  });

  it('of answers is held to what an answer is, with ranges and the default', async () => {
    const good = `{ content: { application/problem+json: { ${schema}, example: { a: 1, id: x } } }, description: ok }`;
    const bad = `{ content: { application/json; charset=utf-8: { ${schema}, example: [] } }, description: ok }`;
    const { problems } = await load(
      shown(`{ ${schema}, example: { a: 1 } }`, `'200': ${good}, 4XX: ${bad}, default: ${bad}`),
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(
      /^the example of t at paths\.\/t\.post\.responses\.4XX.* at \$: type mismatch.*; so does one more: /,
    );
  });

  it('of a long document is looked for when somebody asks', async () => {
    const contract = await load(
      `${shown(`{ ${schema}, example: {} }`)}x-long: ${'a'.repeat(300_000)}\n`,
    );
    expect(contract.problems).toEqual([]);
    expect(await contract.exampleProblems()).toMatchObject([{ code: 'CONTRACT_EXAMPLE', line: 7 }]);
  });
});

describe('a document', () => {
  it('of ten thousand schemas is read, be it by the exact reader', async () => {
    const schemas = Array.from({ length: 10_000 }, (_, i) => `    S${i}: { type: string }\n`);
    const contract = await load(
      documentOf(
        { $ref: '#/components/schemas/S9999' },
        '3.0.3',
        `x-own: &a 1\nx-other: *a\ncomponents:\n  schemas:\n${schemas.join('')}`,
      ),
    );
    expect(broken(contract, 1)).toEqual(['$ cast']);
  });

  it('of 10 MB is read, and of 65 MiB is not', async () => {
    const file = await filesWith({ 'openapi.yaml': documentOf({ type: 'string' }) });
    const other = join(dirname(file), 'large.json');
    const open = '{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{},"x-own":"';
    await writeFile(other, `${open}${'a'.repeat(10_000_000)}"}`);
    expect((await loadContract(other)).problems).toEqual([]);
    await writeFile(other, `${open}${'a'.repeat(65 * 1024 * 1024)}"}`);
    await expect(loadContract(other)).rejects.toThrow('is longer than 64 MiB');
  });
});
