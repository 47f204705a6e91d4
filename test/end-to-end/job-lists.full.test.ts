import { expect, it } from 'vitest';
import { makeMedia } from '../support/media.js';

const MANY = 20_000;

it('makes nothing of the jobs that are not on the page, among twenty thousand', async () => {
  const { media, sandbox } = await makeMedia({ scenario: 'ten-seconds', limits: { jobs: MANY } });
  for (let made = 0; made < MANY; made += 50) {
    await Promise.all(Array.from({ length: 50 }, () => media.create()));
  }
  const { json } = await media.list('?limit=3');
  expect(json.total).toBe(MANY);
  expect(json.data).toHaveLength(3);
  const second = (await media.list(`?limit=3&after=${json.last_id}`)).json;
  expect(second.data).toHaveLength(3);
  expect(second.first_id).not.toBe(json.last_id);
  const listed = second.data.map(({ id }: { id: string }) => ({ job: id, state: 'queued' }));
  expect(sandbox.journal().at(-1)).toMatchObject({ operation: 'listJobs', listed });
});
