import { describe, expect, it } from 'vitest';
import { holdsBigNumbers, readAsText, readExact } from '../../src/contract/exact-json.js';
import { broken, openSmallApi } from '../support/small-api.js';

const BIG = '9007199254740993';

describe('whole numbers beyond 2^53', () => {
  it.each([
    [`{"id": ${BIG}}`, { id: 9007199254740993n }, { id: BIG }],
    [
      `[-${BIG}, 9007199254740992, 1.5, "${BIG}"]`,
      [-9007199254740993n, 9007199254740992, 1.5, BIG],
      [`-${BIG}`, 9007199254740992, 1.5, BIG],
    ],
    [
      `{"a\\"${BIG}": "x\\\\", "b": ${BIG}}`,
      { [`a"${BIG}`]: 'x\\', b: 9007199254740993n },
      { [`a"${BIG}`]: 'x\\', b: BIG },
    ],
  ])('of %s are read to the last digit', (text, exact, texts) => {
    expect(holdsBigNumbers(text)).toBe(true);
    expect(readExact(text)).toEqual(exact);
    expect(readAsText(text)).toEqual(texts);
  });

  it.each([
    `{"${BIG}": 1}`,
    '{"a": 1.0000000000000001}',
    '[9007199254740992]',
    '[1e30]',
  ])('are not in %s', (text) => {
    expect(holdsBigNumbers(text)).toBe(false);
    expect(readExact(text)).toEqual(JSON.parse(text));
  });

  const SCHEMA = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'integer', format: 'int64' },
      most: { type: 'integer', maximum: 9007199254740992 },
      even: { type: 'integer', multipleOf: 2 },
      name: { type: ['string', 'null'], maxLength: 3 },
      list: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
    },
  };
  const open = () =>
    openSmallApi({
      openapi: '3.1.0',
      content: { 'application/json': { schema: SCHEMA } },
      schedules: {
        parameters: [{ name: 'since', in: 'query', schema: { type: 'integer', format: 'int64' } }],
      },
      scheduled: { id: '{job}', of: '{body.id}' },
      scenarios: {
        'big.yaml': `scenario: big\ntitle: Big\nwhen: { body: { id: '${BIG}' } }\nlife: [{ state: DONE }]\n`,
        'since.yaml': `scenario: since\ntitle: Since\nwhen: { query: { since: '${BIG}' } }\nlife: [{ state: DONE }]\n`,
      },
    });

  it('are held to int64, limits and types as they are', async () => {
    const { post } = await open();
    const type = 'application/json';
    expect((await post(type, '{"id": 9223372036854775807}')).status).toBe(202);
    expect((await post(type, '{"id": -9223372036854775808}')).status).toBe(202);
    expect(broken(await post(type, '{"id": 9223372036854775808}'))).toEqual(['$.id format']);
    expect(broken(await post(type, '{"id": -9223372036854775809}'))).toEqual(['$.id format']);
    expect(broken(await post(type, `{"id": 1, "most": ${BIG}}`))).toEqual(['$.most maximum']);
    expect(broken(await post(type, `{"id": 1, "even": ${BIG}}`))).toEqual(['$.even multipleOf']);
    expect(broken(await post(type, `{"id": 1, "name": ${BIG}}`))).toEqual(['$.name cast']);
    expect(broken(await post(type, `{"id": ${BIG}, "name": "long", "most": "x"}`)).sort()).toEqual([
      '$.most cast',
      '$.name maxLength',
    ]);
    expect(
      broken(await post(type, `{"most": ${BIG}, "list": [${BIG}, "a", true]}`)).sort(),
    ).toEqual(['$.id required', '$.list[2] anyOf', '$.most maximum']);
  });

  it('leave what may be null as it is', async () => {
    const properties = {
      id: { type: 'integer', format: 'int64', nullable: true },
      name: { type: 'string', nullable: true },
      kind: { type: 'string', nullable: true, enum: ['a', null] },
    };
    const { post } = await openSmallApi({
      openapi: '3.0.3',
      content: { 'application/json': { schema: { type: 'array', items: { properties } } } },
    });
    const ask = (text: string) => post('application/json', text);
    const good = await ask(`[{"id": ${BIG}, "name": null, "kind": null}, {"id": null}]`);
    expect(good.status).toBe(202);
    expect(broken(await ask(`[{"id": ${BIG}, "name": 7}]`))).toEqual(['$[0].name cast']);
  });

  it('are told from their neighbours by scenarios and answers', async () => {
    const { post, sandbox } = await open();
    const big = (await post('application/json', `{"id": ${BIG}}`)).json;
    expect([big.of, sandbox.job(big.id)?.scenario]).toEqual([BIG, 'big']);
    const near = (await post('application/json', '{"id": 9007199254740992}')).json;
    expect(sandbox.job(near.id)?.scenario).not.toBe('big');
  });

  it('are so in parameters too', async () => {
    const { post, sandbox } = await open();
    const at = (since: string) => post('application/json', '{"id": 1}', `/things?since=${since}`);
    expect(sandbox.job((await at(BIG)).json.id)?.scenario).toBe('since');
    expect(sandbox.job((await at('9007199254740992')).json.id)?.scenario).not.toBe('since');
    expect((await at('9223372036854775807')).status).toBe(202);
    expect(broken(await at('9223372036854775809'))).toEqual(['since format']);
  });
});
