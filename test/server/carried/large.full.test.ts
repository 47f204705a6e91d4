import { expect, it } from 'vitest';
import { openServer } from './played.js';

it('ten thousand exchanges are a file of at most a MiB, and each of their moments can be seen', async () => {
  const server = await openServer();
  const client = server.clientOf('one');
  const steer = server.control;
  const jobs: string[] = [];
  for (let i = 0; i < 10_000; i += 1) {
    if (i % 50 === 0) jobs.push(await client.schedule('done-after-eta'));
    else await client.poll(jobs[i % jobs.length] as string);
    if (i % 10 === 0) await steer('POST', '/sessions/one/clock/advance', { by: '0.7s' });
  }
  const { bytes } = await server.save('one');
  expect(bytes.length).toBeLessThan(1024 ** 2);
  expect(await server.load('two', bytes)).toMatchObject({ status: 201 });
  const times: number[] = [];
  for (const seq of [1, 5000, 9999, 10_000]) {
    const before = performance.now();
    const { json } = await steer('GET', `/sessions/two?at=${seq}`);
    times.push(performance.now() - before);
    expect(json.holds.exchanges).toBe(seq);
  }
  process.stdout.write(
    `${bytes.length} bytes; state at an exchange in ${times.map(Math.round)} ms\n`,
  );
});
