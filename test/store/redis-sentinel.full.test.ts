import { expect, it, onTestFinished } from 'vitest';
import { openRedisStore, withoutPassword } from '../../src/store/redis/open-redis-store.js';
import type { Elsewhere } from '../../src/store/store.js';
import { needs } from '../support/runtimes.js';
import { startWatched } from '../support/sentinel.js';
import { all } from './contract.js';

needs('redis');

it('goes on with the replica that Sentinel puts in the place of a dead server', async () => {
  const watched = await startWatched();
  onTestFinished(() => watched.stop());
  await expect.poll(() => watched.isWatched(), { timeout: 60_000 }).toBe(true);
  const { store } = await openRedisStore({ url: watched.url, prefix: 't:', patience: 60_000 });
  onTestFinished(() => store.close());
  const told: Elsewhere['kind'][] = [];
  store.watch(({ kind }) => told.push(kind));
  const birth = store.newBirth();
  await store.append([{ session: 'ci', birth, expected: 0, facts: ['1', '2'] }]);
  await watched.replicated();
  await watched.killMain();
  // What is known is of the server before: it is read again first.
  const [missed] = await store.append([{ session: 'ci', birth, expected: 2, facts: ['3'] }]);
  expect(missed).toHaveProperty('missed');
  const known = await store.find('ci');
  expect(known?.position).toBe(2);
  const appended = await store.append([
    { session: 'ci', birth: known?.birth, expected: 2, facts: ['3'] },
  ]);
  expect(appended).toEqual([{ position: 3 }]);
  expect(await all(store.read('ci', 0))).toEqual(['1', '2', '3']);
  expect(told).toContain('restarted');
});

it('shows no password', () => {
  expect(withoutPassword('redis+sentinel://me:secret@a:1,b:2/main')).toBe(
    'redis+sentinel://me:***@a:1,b:2/main',
  );
});
