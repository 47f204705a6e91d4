import { describe, expect, it } from 'vitest';
import { send } from '../support/client.js';
import { makeMedia } from '../support/media.js';

const MEDIA = { spec: 'test/fixtures/media/openapi.yaml', scenario: 'ten-seconds' };

const idsOf = (jobs: readonly { id: string }[]) => jobs.map(({ id }) => id);

/** So many jobs, a second apart, the first one first. */
async function createMany({ sandbox, media }: Awaited<ReturnType<typeof makeMedia>>, many: number) {
  const ids: string[] = [];
  for (let i = 0; i < many; i += 1) {
    const customer = i % 2 === 0 ? 'even' : 'odd';
    ids.push((await media.create({ source: `${i}.mov`, customer })).json.id);
    sandbox.clock.advance('1s');
  }
  return ids;
}

describe('a list of jobs', () => {
  it('says of each what the report would say, the newest first, and counts no poll', async () => {
    const world = await makeMedia(MEDIA);
    const [first = '', second = ''] = await createMany(world, 2);
    const { json, status } = await world.media.list();
    expect(status).toBe(200);
    expect(json).toMatchObject({
      has_more: false,
      first_id: second,
      last_id: first,
      total: 2,
      next: null,
    });
    const polled = await Promise.all(
      [second, first].map(async (id) => (await world.media.poll(id)).json),
    );
    expect(json.data).toEqual(polled);
    world.sandbox.clock.advance('9s');
    const later = (await world.media.list()).json.data;
    expect(later.map((job: { status: string }) => job.status)).toEqual(['succeeded', 'succeeded']);
    expect(world.sandbox.jobs().map(({ polls }) => polls)).toEqual([1, 1]);
  });

  it('is empty while there are none: null, and no link', async () => {
    const { media } = await makeMedia(MEDIA);
    const { json, headers } = await media.list();
    expect(json).toEqual({
      data: [],
      has_more: false,
      first_id: null,
      last_id: null,
      next: null,
      total: 0,
    });
    expect(headers.get('link')).toBeNull();
  });

  it('goes on behind a job by its cursor, and is followed by its links', async () => {
    const world = await makeMedia(MEDIA);
    const ids = (await createMany(world, 5)).reverse();
    const found: string[] = [];
    let next: string | null = `${world.sandbox.url}/projects/p1/jobs?limit=2`;
    const links: (string | null)[] = [];
    while (next) {
      const { json, headers }: Awaited<ReturnType<typeof send>> = await send('GET', next);
      found.push(...idsOf(json.data));
      links.push(headers.get('link'));
      next = json.next;
    }
    expect(found).toEqual(ids);
    expect(links[0]).toBe(
      `<${world.sandbox.url}/projects/p1/jobs?limit=2&after=${ids[1]}>; rel="next"`,
    );
    expect(links.at(-1)).toBeNull();
    const before = await world.media.list(`?limit=2&before=${ids[4]}`);
    expect(idsOf(before.json.data)).toEqual([ids[2], ids[3]]);
  });

  it('refuses to go on behind a job that is none of it', async () => {
    const { media } = await makeMedia(MEDIA);
    const { status, json, headers } = await media.list('?after=job_123');
    expect([status, json.error]).toEqual([400, 'after: no job job_123 is in this list']);
    expect(headers.get('esoz-sandbox-refusal')).toBe('REQUEST_UNKNOWN_CURSOR');
  });

  it('is cut by a number of jobs or of pages, the oldest first where the binding says so', async () => {
    const data =
      'data: { data: "{items}", has_more: "{hasMore}", page: "{page}", pages: "{pages}", next: "{nextOrNull}" }';
    const world = await makeMedia(MEDIA, (text) =>
      text
        .replace(/paging: .*/, 'order: oldest first\n  paging: { limit: limit, page: page }')
        .replace(/ {2}data:\n( {4}.*\n)+/, `  ${data}\n`),
    );
    const ids = await createMany(world, 5);
    const second = (await world.media.list('?limit=2&page=2')).json;
    expect(idsOf(second.data)).toEqual(ids.slice(2, 4));
    expect(second).toMatchObject({ has_more: true, page: 2, pages: 3 });
    expect(second.next).toBe(`${world.sandbox.url}/projects/p1/jobs?limit=2&page=3`);
    const beyond = (await world.media.list('?limit=2&page=9')).json;
    expect(beyond).toEqual({ data: [], has_more: false, page: 9, pages: 3, next: null });
  });

  it('has the order that a query parameter asks for, and the usual one where it says neither', async () => {
    const world = await makeMedia(MEDIA, (text) =>
      text.replace(
        /paging: .*/,
        'order: { by: query.sort, newest: latest, oldest: ASC, usual: oldest first }\n  paging: { limit: limit }',
      ),
    );
    const ids = await createMany(world, 3);
    const list = async (query: string) => idsOf((await world.media.list(query)).json.data);
    expect(await list('?limit=2')).toEqual(ids.slice(0, 2));
    expect(await list('?sort=asc')).toEqual(ids);
    expect(await list('?limit=2&sort=latest')).toEqual([ids[2], ids[1]]);
  });

  it('is cut by offsets, and stands where the binding says', async () => {
    const world = await makeMedia({ ...MEDIA }, (text) =>
      text
        .replace(/paging: .*/, 'items: data\n  paging: { limit: limit, offset: offset }')
        .replace(/ {2}data:\n( {4}.*\n)+/, '')
        .replace('  bare: true\n  filter', '  filter'),
    );
    const ids = (await createMany(world, 3)).reverse();
    const { json } = await world.media.list('?limit=1&offset=1');
    expect(Object.keys(json)).toEqual(['data']);
    expect(idsOf(json.data)).toEqual([ids[1]]);
    expect(idsOf((await world.media.list('?offset=1')).json.data)).toEqual(ids.slice(1));
  });

  it('is filtered by state, by what was sent, and by its parent in the path', async () => {
    const world = await makeMedia(MEDIA);
    const ids = await createMany(world, 4);
    const other = (await world.media.create({ source: 'b' }, 'p2')).json.id;
    world.sandbox.clock.advance('7500ms');
    const list = async (query: string, project?: string) =>
      idsOf((await world.media.list(query, project)).json.data);
    expect(await list('?status=succeeded')).toEqual([ids[1], ids[0]]);
    expect(await list('?status=queued&status=succeeded')).toEqual([...ids].reverse());
    expect(await list('?customer=odd')).toEqual([ids[3], ids[1]]);
    expect(await list('?customer=odd&status=queued')).toEqual([ids[3]]);
    expect(await list('', 'p2')).toEqual([other]);
  });
});

describe('a client that polls by the list', () => {
  it('has seen the end when the list has told it, and is blamed for no poll', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    const { id } = (await media.create()).json;
    await media.list();
    sandbox.clock.advance('10s');
    await media.list();
    await media.output(id);
    const { rules, jobs } = sandbox.verdict({ run: 'over' });
    const outcomes = new Map(rules.map(({ rule, outcome }) => [rule, outcome]));
    expect(rules.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(outcomes.get('reaches-the-end')).toBe('passed');
    expect(outcomes.get('expectations')).toBe('passed');
    expect(outcomes.get('eta-respected')).toBe('not exercised');
    expect(outcomes.get('spacing')).toBe('not exercised');
    expect(jobs[0]).toMatchObject({ outcome: 'done', polls: [] });
  });

  it('has not seen it while the list says that the job is open', async () => {
    const { sandbox, media } = await makeMedia(MEDIA);
    await media.create();
    await media.list();
    sandbox.clock.advance('1m');
    const { rules } = sandbox.verdict({ run: 'over' });
    const found = rules.find(({ rule }) => rule === 'reaches-the-end');
    expect(found).toMatchObject({ outcome: 'failed' });
  });

  it('is not early when it polls by an eta that the list has told', async () => {
    const { sandbox, media } = await makeMedia(MEDIA, (text) =>
      text.replace('ready_at: "{eta}" } }\nstates', 'ready_at: "{eta}" } }\neta: promise\nstates'),
    );
    const { id } = (await media.create()).json;
    await media.cancel(id);
    await media.list();
    sandbox.clock.advance('5s');
    await media.poll(id);
    const { rules } = sandbox.verdict({ run: 'over' });
    expect(rules.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });
});
