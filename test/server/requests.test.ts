import { describe, expect, it } from 'vitest';
import { broken, openSmallApi } from '../support/small-api.js';

const FORM = 'application/x-www-form-urlencoded';
const PERSON = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    age: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' } },
    home: { type: 'object', properties: { city: { type: 'string' } } },
  },
};

describe('a form body (application/x-www-form-urlencoded)', () => {
  const open = (encoding?: object, schema: object = PERSON) =>
    openSmallApi({ content: { [FORM]: { schema, ...(encoding ? { encoding } : {}) } } });

  it('without its required field is refused as JSON would be', async () => {
    const { post } = await open();
    const refused = await post(FORM, 'age=7');
    expect([refused.status, broken(refused)]).toEqual([422, ['$.name required']]);
    expect((await post(FORM, 'name=Ada&age=7')).status).toBe(202);
  });

  it('has the types of its schema', async () => {
    const { post } = await open();
    expect(broken(await post(FORM, 'name=Ada&age=old'))).toEqual(['$.age cast']);
    expect((await post(FORM, 'name=Ada&tags=a&tags=b&home[city]=Lviv')).status).toBe(202);
    expect((await post(FORM, 'name=Ada&home=%7B%22city%22%3A%22Lviv%22%7D')).status).toBe(202);
    expect(broken(await post(FORM, 'name=Ada&home=%7B%22city%22%3A7%7D'))).toEqual([]);
    expect(broken(await post(FORM, 'name=Ada&home=Lviv'))).toEqual(['$.home cast']);
  });

  it('is read by the encoding of its fields', async () => {
    const schema = { ...PERSON, additionalProperties: false };
    const encoding = {
      tags: { style: 'pipeDelimited', explode: false },
      home: { style: 'deepObject', explode: true },
    };
    const { post } = await open(encoding, {
      ...schema,
      properties: { ...PERSON.properties, tags: { type: 'array', maxItems: 2, items: {} } },
    });
    expect((await post(FORM, 'name=Ada&tags=a|b&home[city]=Lviv')).status).toBe(202);
    expect(broken(await post(FORM, 'name=Ada&tags=a|b|c'))).toEqual(['$.tags maxItems']);
    expect(broken(await post(FORM, 'name=Ada&other=1'))).toEqual(['$.other schema']);
  });

  it('makes a job whose scenario and answers see its fields', async () => {
    const { post, sandbox } = await openSmallApi({
      content: { [FORM]: { schema: PERSON } },
      scheduled: { id: '{job}', for: '{body.name}', age: '{body.age}', city: '{body.home.city}' },
      scenarios: {
        'ada.yaml':
          'scenario: ada\ntitle: Ada\nwhen: { body: { name: Ada, home.city: Lviv } }\nlife: [{ state: DONE }]\n',
      },
    });
    const { json } = await post(FORM, 'name=Ada&age=36&home%5Bcity%5D=Lviv');
    expect(json).toMatchObject({ for: 'Ada', age: 36, city: 'Lviv' });
    expect(sandbox.job(json.id)?.scenario).toBe('ada');
    expect(sandbox.job((await post(FORM, 'name=Bob')).json.id)?.scenario).not.toBe('ada');
  });
});

describe('a multipart/form-data body', () => {
  const schema = {
    type: 'object',
    required: ['file', 'meta'],
    properties: {
      file: { type: 'string', format: 'binary' },
      meta: { type: 'object', required: ['pages'], properties: { pages: { type: 'integer' } } },
      copies: { type: 'integer', maximum: 9 },
      files: { type: 'array', items: { type: 'string', format: 'binary' } },
    },
  };
  const open = (encoding?: object) =>
    openSmallApi({
      content: { 'multipart/form-data': { schema, ...(encoding ? { encoding } : {}) } },
      scheduled: { id: '{job}', pages: '{body.meta.pages}', copies: '{body.copies}' },
    });
  const form = (fields: Record<string, string | Blob>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    return data;
  };
  const FILE = new Blob([new Uint8Array([0, 255, 13, 10, 45, 45])], { type: 'image/png' });

  it('is read part by part, with files, JSON and numbers', async () => {
    const { post } = await open();
    const { status, json } = await post(
      '',
      form({ file: FILE, meta: '{"pages": 3}', copies: '2' }),
    );
    expect([status, json.pages, json.copies]).toEqual([202, 3, 2]);
  });

  it('without a required part, or with one of another type, is refused', async () => {
    const { post } = await open();
    expect(broken(await post('', form({ meta: '{"pages": 3}' })))).toEqual(['$.file required']);
    const wrong = await post('', form({ file: FILE, meta: '{}', copies: '10' }));
    expect(broken(wrong).sort()).toEqual(['$.copies maximum', '$.meta.pages required']);
    expect(broken(await post('', form({ file: FILE, meta: '{' })))).toEqual(['$.meta json']);
  });

  it('holds parts to the media types of their encoding', async () => {
    const { post } = await open({ file: { contentType: 'image/png, image/jpeg' } });
    const text = new Blob(['text'], { type: 'text/plain' });
    expect(broken(await post('', form({ file: text, meta: '{"pages":1}' })))).toEqual([
      '$.file encoding',
    ]);
    expect((await post('', form({ file: FILE, meta: '{"pages":1}' }))).status).toBe(202);
  });

  it.each([
    ['no boundary', 'multipart/form-data', '--x\r\n', /names no boundary/],
    [
      'another boundary',
      'multipart/form-data; boundary=y',
      '--x\r\n',
      /no line of the body is --y/,
    ],
    [
      'no end',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb',
      /does not end with --x--/,
    ],
    [
      'no name',
      'multipart/form-data; boundary=x',
      '--x\r\nA: b\r\n\r\nc\r\n--x--',
      /part 1 has no name/,
    ],
  ])('with %s says so', async (_, type, body, message) => {
    const { post } = await open();
    const refused = await post(type, body);
    expect([refused.status, broken(refused)]).toEqual([400, ['$ form']]);
    expect(refused.json.error.message).toMatch(message);
  });
});

describe('a body of another media type', () => {
  it('with the suffix of JSON is JSON', async () => {
    const { post } = await openSmallApi({
      content: { 'application/fhir+json': { schema: PERSON } },
    });
    expect(broken(await post('application/fhir+json; fhirVersion=4.0', '{}'))).toEqual([
      '$.name required',
    ]);
    expect((await post('application/fhir+json', '{"name":"Ada"}')).status).toBe(202);
    expect((await post('application/json', '{"name":"Ada"}')).status).toBe(415);
  });

  it('that is text is held to its schema, and bytes are taken as they are', async () => {
    const { post } = await openSmallApi({
      content: {
        'text/plain': { schema: { type: 'string', maxLength: 3 } },
        'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
      },
    });
    expect(broken(await post('text/plain', 'long'))).toEqual(['$ maxLength']);
    expect((await post('text/plain', 'abc')).status).toBe(202);
    expect((await post('application/octet-stream', new Uint8Array([0, 255, 254]))).status).toBe(
      202,
    );
  });
});

describe('a body that is not UTF-8', () => {
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  it.each([
    [
      'Windows-1251',
      'application/json',
      Buffer.from('{"name":"\xc0\xe4\xe0"}', 'latin1'),
      9,
      '0xC0',
    ],
    ['cut off', 'application/json', Buffer.from('{"name":"\xd0', 'latin1'), 9, '0xD0'],
    ['UTF-16', 'application/json', utf16('{"name":"a"}'), 1, '0x00'],
    ['UTF-16 with a mark', 'application/json', utf16('\uFEFF{}'), 0, '0xFF'],
    ['a form', FORM, Buffer.from('name=\xff', 'latin1'), 5, '0xFF'],
    ['a text', 'text/plain', Buffer.from('\xed\xa0\x80', 'latin1'), 0, '0xED'],
  ])('(%s) is refused with its first bad byte', async (_, type, body, at, byte) => {
    const { post, sandbox } = await openSmallApi({ content: { '*/*': { schema: {} } } });
    const refused = await post(type, body);
    expect([refused.status, broken(refused)]).toEqual([400, ['$ charset']]);
    expect(refused.json.error.message).toContain(`byte ${at} is ${byte}`);
    expect(sandbox.jobs()).toEqual([]);
  });

  it('is read where Content-Type names its charset; a byte order mark is ignored', async () => {
    const { post } = await openSmallApi({
      content: { 'application/json': { schema: PERSON } },
      scheduled: { id: '{job}', name: '{body.name}' },
    });
    const cp1251 = Buffer.from('{"name":"\xc0\xe4\xe0"}', 'latin1');
    expect((await post('application/json; charset=windows-1251', cp1251)).json.name).toBe('Ада');
    expect((await post('application/json', '\uFEFF{"name":"Ада"}')).json.name).toBe('Ада');
    expect((await post('application/json; charset=unknown', '{}')).status).toBe(415);
  });
});

describe('parameters of every place', () => {
  const numbers = { type: 'array', items: { type: 'integer' } };
  const open = () =>
    openSmallApi({
      schedules: {
        parameters: [
          { name: 'csv', in: 'query', style: 'form', explode: false, schema: numbers },
          {
            name: 'filter',
            in: 'query',
            style: 'deepObject',
            schema: { type: 'object', properties: { age: { type: 'integer' } } },
          },
          {
            name: 'json',
            in: 'query',
            content: { 'application/json': { schema: { type: 'object', required: ['a'] } } },
          },
          { name: 'flag', in: 'query', allowEmptyValue: true, schema: { type: 'boolean' } },
          { name: 'X-List', in: 'header', schema: numbers },
          { name: 'sid', in: 'cookie', schema: { type: 'integer' } },
        ],
      },
    });

  it.each([
    ['?csv=1,2,3', {}, []],
    ['?csv=1,x', {}, ['csv.1 cast']],
    ['?csv=1%2C2', {}, []],
    ['?filter[age]=7', {}, []],
    ['?filter[age]=old', {}, ['filter.age cast']],
    ['?json=%7B%22a%22%3A1%7D', {}, []],
    ['?json=%7B%7D', {}, ['json.a required']],
    ['?json=%7B', {}, ['json json']],
    ['?flag=', {}, []],
    ['?flag=x', {}, ['flag cast']],
    ['?unknown=1', {}, []],
    ['', { 'X-List': '1, 2' }, []],
    ['', { 'X-List': '1, x' }, ['x-list.1 cast']],
    ['', { Cookie: 'a=b; sid=7' }, []],
    ['', { Cookie: 'sid=x' }, ['sid cast']],
  ])('%s %j', async (query, headers, wrong) => {
    const { send } = await open();
    const answer = await send('POST', `/things${query}`, {
      headers: headers as Record<string, string>,
    });
    expect([answer.status, broken(answer)]).toEqual([wrong.length > 0 ? 400 : 202, wrong]);
  });
});
