import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/index.js';
import { send } from '../support/client.js';
import { filesWith } from '../support/documents.js';

/** An API of one operation that the contract alone answers. */
function shows(name: string): Promise<string> {
  const operation = {
    operationId: 'listThings',
    responses: {
      200: {
        description: 'some',
        content: {
          'application/json': {
            schema: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
            example: { n: 0, of: name },
          },
        },
      },
    },
  };
  const info = { title: name, version: '1' };
  const document = { openapi: '3.0.3', info, paths: { '/things': { get: operation } } };
  return filesWith({ 'openapi.json': JSON.stringify(document) });
}

/** How many threads have been started since. */
function threads(): () => number {
  let count = 0;
  const hear = () => {
    count += 1;
  };
  process.on('worker', hear);
  onTestFinished(() => {
    process.off('worker', hear);
  });
  return () => count;
}

async function open(name: string, seed: number) {
  const sandbox = await startSandbox({ spec: await shows(name), seed });
  onTestFinished(() => sandbox.close());
  const things = async (headers = {}) =>
    (await send('GET', `${sandbox.url}/things`, { headers })).json;
  return { things, close: () => sandbox.close() };
}

it('sandboxes of a process share one thread that answers by the contract alone, each by its own', async () => {
  const started = threads();
  const [one, other, same] = [await open('one', 1), await open('other', 2), await open('one', 1)];
  expect(await one.things()).toEqual({ n: 0, of: 'one' });
  expect(await other.things()).toEqual({ n: 0, of: 'other' });
  const invented = { Prefer: 'dynamic=true' };
  expect(await same.things(invented)).toEqual(await one.things(invented));
  expect(await other.things(invented)).not.toEqual(await one.things(invented));
  await one.close();
  await other.close();
  expect(await same.things()).toEqual({ n: 0, of: 'one' });
  const next = await open('next', 1);
  await same.close();
  expect(await next.things()).toEqual({ n: 0, of: 'next' });
  expect(started()).toBeLessThanOrEqual(1);
});
