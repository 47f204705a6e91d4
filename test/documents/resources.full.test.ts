import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeJudge } from '../../scripts/documents/judge.mjs';
import { startSandbox } from '../../src/index.js';
import { send } from '../support/client.js';
import { NOON } from '../support/sandbox.js';

const EXAMPLES = 'node_modules/@readme/oas-examples';
const CREDENTIALS = { Authorization: 'Bearer x', api_key: 'x' };

/** A public document served with a binding of a few lines, and a judge of another make. */
async function open(file: string, resources: object) {
  const spec = join(EXAMPLES, file);
  const document = JSON.parse(await readFile(spec, 'utf8'));
  const folder = await mkdtemp(join(tmpdir(), 'resources-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const binding = join(folder, 'binding.yaml');
  await writeFile(binding, JSON.stringify({ binding: 'public', schedules: {}, resources }));
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const sandbox = await startSandbox({ spec, binding, clock });
  onTestFinished(() => sandbox.close());
  const judge = makeJudge(document, 'response');
  const base = new URL(document.servers[0].url).pathname.replace(/\/$/, '');
  return {
    document,
    /** Asks, and has what comes judged by the schema of the operation's answer. */
    ask: async (method: string, path: string, template: string, body?: unknown) => {
      const more = body === undefined ? {} : { body };
      const answer = await send(method, sandbox.url + base + path, {
        ...more,
        headers: CREDENTIALS,
      });
      const pointer = [
        '',
        'paths',
        template,
        method.toLowerCase(),
        'responses',
        String(answer.status),
        'content',
        'application/json',
        'schema',
      ];
      const place = pointer
        .map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'))
        .join('/');
      return {
        ...answer,
        judged: answer.json === undefined ? 'empty' : await judge(place, answer.json),
      };
    },
  };
}

describe('resources of public documents', () => {
  it('the pet store: pets by id and by body, orders', async () => {
    const { ask } = await open('3.0/json/petstore.json', {
      pet: {
        create: 'addPet',
        replace: 'updatePet',
        read: 'getPetById',
        list: 'findPetsByStatus',
        delete: 'deletePet',
      },
      order: { create: 'placeOrder', read: 'getOrderById', delete: 'deleteOrder' },
    });
    const pet = { name: 'Rex', photoUrls: [], status: 'sold' };
    const sold = () => ask('GET', '/pet/findByStatus?status=sold', '/pet/findByStatus');
    // The document has no answer that grants this, and the id is the server's to give.
    await ask('POST', '/pet', '/pet', pet);
    const found = await sold();
    expect([found.judged, found.json]).toEqual(['valid', [{ id: expect.any(Number), ...pet }]]);
    const [{ id }] = found.json;
    await ask('PUT', '/pet', '/pet', { ...pet, id, name: 'Max' });
    const read = await ask('GET', `/pet/${id}`, '/pet/{petId}');
    expect([read.judged, read.json]).toEqual(['valid', { id, ...pet, name: 'Max' }]);
    const pending = await ask('GET', '/pet/findByStatus?status=pending', '/pet/findByStatus');
    expect([pending.judged, pending.json]).toEqual(['valid', []]);
    await ask('DELETE', `/pet/${id}`, '/pet/{petId}');
    expect((await ask('GET', `/pet/${id}`, '/pet/{petId}')).status).toBe(404);
    const placed = await ask('POST', '/store/order', '/store/order', {
      id: 3,
      petId: 7,
      quantity: 2,
    });
    expect(placed.judged).toBe('valid');
    const order = await ask('GET', `/store/order/${placed.json.id}`, '/store/order/{orderId}');
    expect([order.judged, order.json]).toEqual(['valid', placed.json]);
    expect(order.json).toMatchObject({ petId: 7, quantity: 2 });
  });

  it('train travel: bookings', async () => {
    const { ask } = await open('3.1/json/train-travel.json', {
      bookings: {
        create: 'create-booking',
        read: 'get-booking',
        list: 'get-bookings',
        delete: 'delete-booking',
      },
    });
    const trip = {
      trip_id: '4f4e4e1e-c824-4d63-b37a-d8d698862f1d',
      passenger_name: 'Ada',
      has_dog: true,
    };
    const made = await ask('POST', '/bookings', '/bookings', trip);
    expect([made.status, made.judged]).toEqual([201, 'valid']);
    const path = `/bookings/${made.json.id}`;
    expect(made.headers.get('location')).toMatch(new RegExp(`${path}$`));
    const read = await ask('GET', path, '/bookings/{bookingId}');
    expect(read.judged).toBe('valid');
    expect(read.json).toMatchObject({ ...trip, id: made.json.id });
    const list = await ask('GET', '/bookings', '/bookings');
    expect(list.judged).toBe('valid');
    expect(list.json.data).toMatchObject([trip]);
    expect((await ask('DELETE', path, '/bookings/{bookingId}')).status).toBe(204);
    expect((await ask('GET', path, '/bookings/{bookingId}')).status).toBe(404);
  });
});
