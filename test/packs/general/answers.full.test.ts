import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { CREDENTIALS, send } from '../../support/client.js';
import { openSandbox } from '../../support/sandbox.js';

interface Parameter {
  name: string;
  required?: boolean;
  example?: string;
}

interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { examples: { usual: { value: unknown } } } } };
  responses: Record<string, unknown>;
}

type Item = { parameters?: Parameter[] } & Record<string, Operation>;

const { paths } = load(readFileSync('spec/general/openapi.yaml', 'utf8')) as {
  paths: Record<string, Item>;
};

/** Every operation with the request that its examples make. */
const OPERATIONS = Object.entries(paths).flatMap(([path, { parameters = [], ...methods }]) =>
  Object.entries(methods as Record<string, Operation>).map(([method, operation]) => {
    const place = parameters.reduce(
      (text, { name, example = '' }) => text.replace(`{${name}}`, example),
      path,
    );
    const asked = (operation.parameters ?? []).filter(({ required }) => required);
    const query = asked.map(({ name, example = '' }) => `${name}=${encodeURIComponent(example)}`);
    const body = operation.requestBody?.content['application/json'].examples.usual.value;
    return {
      id: operation.operationId,
      method: method.toUpperCase(),
      place: query.length > 0 ? `${place}?${query.join('&')}` : place,
      body,
      statuses: Object.keys(operation.responses).map(Number),
    };
  }),
);

/** What the examples name is not there, or is in another state: they are about requests that nobody has made. */
const NOT_THERE = /Request|OnConfidant|activate(Division|HealthcareService)|unblock/;

async function askAll(pack: string) {
  const { sandbox } = await openSandbox({ pack });
  const answers = OPERATIONS.map(async ({ id, method, place, body, statuses }) => {
    const { url } = sandbox.session(id);
    const answer = await send(method, `${url}/api${place}`, { body, headers: CREDENTIALS });
    return { id, statuses, answer };
  });
  return Promise.all(answers);
}

describe('every operation of the General MIS API', () => {
  it('is answered on the platform as its contract says', async () => {
    const answers = await askAll('esoz');
    expect(answers).toHaveLength(125);
    for (const { id, statuses, answer } of answers) {
      expect(statuses, `${id}: ${answer.text.slice(0, 200)}`).toContain(answer.status);
      expect(answer.status, id).toBeLessThan(NOT_THERE.test(id) ? 500 : 300);
      const { data, error, meta } = answer.json;
      expect(meta.code, id).toBe(answer.status);
      expect(
        [data, error].filter((one) => one !== undefined),
        id,
      ).toHaveLength(1);
    }
  });

  it('is answered by the pack alone, where nobody is known', async () => {
    for (const { id, statuses, answer } of await askAll('general')) {
      expect(statuses, `${id}: ${answer.text.slice(0, 200)}`).toContain(answer.status);
      expect(answer.status, id).toBeLessThan(500);
    }
  });
});
