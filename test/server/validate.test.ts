import { describe, expect, it } from 'vitest';
import { FileError } from '../../src/problem.js';
import { UsageError } from '../../src/sandbox-error.js';
import { openSmallApi } from '../support/small-api.js';

const WRONG = { headers: { Authorization: 'Bearer x' }, body: { age: 'old' } };

function open(validate: 'on' | 'warn' | 'off') {
  return openSmallApi({
    content: {
      'application/json': {
        schema: { required: ['name'], properties: { age: { type: 'integer' } } },
      },
    },
    schedules: {
      security: [{ bearer: [] }],
      parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' } }],
    },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    options: { validate },
  });
}

describe('a request that breaks the contract', () => {
  it('is refused unless it is said otherwise', async () => {
    const { send, sandbox } = await open('on');
    expect((await send('POST', '/things?page=x', WRONG)).status).toBe(400);
    expect((await send('POST', '/things', WRONG)).status).toBe(422);
    expect(sandbox.jobs()).toEqual([]);
  });

  it('goes through with validate: warn, and journal and verdict say what is wrong', async () => {
    const { send, sandbox } = await open('warn');
    expect((await send('POST', '/things?page=x', WRONG)).status).toBe(202);
    expect((await send('POST', '/things', { ...WRONG, body: { name: 'Ada' } })).status).toBe(202);
    expect(sandbox.jobs()).toHaveLength(2);
    const [first, second] = sandbox.journal();
    expect(first?.note).toMatch(/^the request breaks the contract: query page: type mismatch/);
    expect(first?.note).toContain('$.name: required property name was not present');
    expect(second?.note).not.toContain('contract');
    const found = sandbox.verdict().rules.find(({ rule }) => rule === 'keeps-the-contract');
    expect(found?.findings.map(({ severity, message }) => `${severity} ${message}`).sort()).toEqual(
      [
        'warning 1 request broke the contract of makeThing: $.age: type mismatch, expected integer',
        'warning 1 request broke the contract of makeThing: $.name: required property name was not present',
        'warning 1 request broke the contract of makeThing: query page: type mismatch, expected integer',
      ],
    );
  });

  it('of another media type or without its body goes through too', async () => {
    const { send, post } = await open('warn');
    const headers = { Authorization: 'Bearer x', 'Content-Type': 'text/csv' };
    expect((await send('POST', '/things', { headers, body: 'a,b' })).status).toBe(202);
    expect((await post('', '')).status).toBe(401);
  });

  it('is not looked at with validate: off', async () => {
    const { send, sandbox } = await open('off');
    expect((await send('POST', '/things?page=x', WRONG)).status).toBe(202);
    expect(sandbox.journal()[0]?.note).not.toContain('contract');
    expect(sandbox.verdict().rules.map(({ rule }) => rule)).not.toContain('keeps-the-contract');
  });

  it.each([
    'warn',
    'off',
  ] as const)('needs credentials and a body that can be read with %s', async (validate) => {
    const { send } = await open(validate);
    expect((await send('POST', '/things', { body: {} })).status).toBe(401);
    expect((await send('POST', '/things', { ...WRONG, body: '{' })).status).toBe(400);
  });

  it('is not judged in a way that there is not', async () => {
    const error = await open('of' as 'off').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).not.toBeInstanceOf(FileError);
    expect((error as UsageError).code).toBe('USAGE_WRONG_OPTION');
  });
});
