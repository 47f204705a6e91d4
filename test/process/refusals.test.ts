import { describe, expect, it } from 'vitest';
import type { Binding } from '../../src/contract/binding.js';
import type { Api } from '../../src/sandbox/api.js';
import { describeRefusal } from '../../src/sandbox/describe-refusal.js';
import { nearestPath } from '../../src/server/api/nearest-path.js';
import { CREDENTIALS, makeClient, send } from '../support/client.js';
import { until } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';
import { launchServe } from './launched.js';

const CREATE = '/api/patients/composition';

describe('the line of a refused request says why', () => {
  it.each([
    [
      'a body',
      'POST',
      CREATE,
      CREDENTIALS,
      {},
      /422 .*\(\d+ rules of the contract are not kept.*: \$\.\w+ .+, and \d+ more\)/,
    ],
    ['a credential', 'GET', `${CREATE}/job/x`, {}, undefined, /401 .*\(.*send the header .*\)/],
    [
      'a parameter',
      'GET',
      `${CREATE}/job/x`,
      CREDENTIALS,
      undefined,
      /400 .*\(1 rule of the contract.*: asyncJobId .+\)/,
    ],
    [
      'a method',
      'DELETE',
      CREATE,
      {},
      undefined,
      /405 .*\(DELETE is not allowed for .*; allowed: POST\)/,
    ],
    [
      'a path',
      'GET',
      '/api/patients/compostion',
      {},
      undefined,
      /404 .*did you mean \/api\/patients\/composition\?/,
    ],
    [
      'a scenario',
      'POST',
      CREATE,
      { ...CREDENTIALS, 'X-Sandbox-Scenario': 'slwo' },
      disability(),
      /400 .*\(unknown scenario "slwo"; did you mean slow\?\)/,
    ],
  ])('%s', async (_, method, path, headers, body, line) => {
    const { url, says } = await launchServe();
    await send(method, url + path, { headers: headers as Record<string, string>, body });
    await says(line);
  });

  it('and nothing of a good one', async () => {
    const { url, out } = await launchServe();
    await makeClient(url).create(disability());
    await until(() => / 200 /.test(out()), out);
    expect(out()).toMatch(/POST .* 200 .*\(scenario chosen by server\)/);
  });

  it('once, where the message says it all', () => {
    const rule = { rule: 'inclusion', description: 'send JSON', params: [] };
    const invalid = [{ entry: 'Content-Type', entry_type: 'header' as const, rules: [rule] }];
    const binding = { messages: new Map() } as unknown as Binding;
    const refusal = { status: 415, message: 'send JSON', invalid };
    expect(describeRefusal(binding, refusal)).toBe('send JSON');
    expect(describeRefusal(binding, { status: 404, message: 'not found' })).toBe('not found');
  });
});

describe('the nearest path', () => {
  const paths = ['/pets', '/pets/{id}', '/pets/{id}/vaccinations', '/orders/{order}/lines/{line}'];
  const apiOf = (prefixes: string[], own: readonly string[] = paths) =>
    ({
      contract: { routes: own.map((path) => ({ path })) },
      binding: { prefixes },
    }) as unknown as Api;

  it.each([
    ['/pet', '/pets'],
    ['/PETS', '/pets'],
    ['/pets/9d2cbb43-4d5c-4b3e-8a50-111111111111/vacinations', '/pets/{id}/vaccinations'],
    ['/order/7/lines/8', '/orders/{order}/lines/{line}'],
    ['/v1/pets', undefined],
    ['/something/else/altogether', undefined],
    [`/${'pets/'.repeat(1000)}`, undefined],
  ])('to %s is %s', (path, near) => {
    expect(nearestPath(path, [apiOf([''])])).toBe(near);
  });

  it('has the prefix that the client has used', () => {
    expect(nearestPath('/api/pet', [apiOf(['', '/api'])])).toBe('/api/pets');
  });

  it('is one of any API that is served', () => {
    const both = [apiOf(['']), apiOf(['/bills'], ['/bills/{id}'])];
    expect(nearestPath('/bills/bils/7', both)).toBe('/bills/bills/{id}');
  });
});

describe('a scenario that waits for the next job', () => {
  /** Queues it, sends a request that is refused, then a good one: which scenario does that get? */
  async function afterRefusal(status: number, body: unknown, headers: Record<string, string>) {
    const { sandbox, client } = await openSandbox();
    sandbox.next('failed-1172');
    const refused = await send('POST', sandbox.url + CREATE, { body, headers });
    expect(refused.status).toBe(status);
    const { json } = await client.create(disability());
    return sandbox.job(json.data.id).scenario;
  }

  it('is not used up by a request whose body breaks the contract', async () => {
    expect(await afterRefusal(422, {}, CREDENTIALS)).toBe('failed-1172');
  });

  it('is not used up by a request without credentials', async () => {
    expect(await afterRefusal(401, disability(), {})).toBe('failed-1172');
  });

  it('is not used up by a request that breaks a business rule', async () => {
    const category = { coding: [{ system: 'COMPOSITION_CATEGORIES', code: 'LIVE_BIRTH' }] };
    const scenario = await afterRefusal(422, disability({ category }), CREDENTIALS);
    expect(scenario).toBe('failed-1172');
  });
});
