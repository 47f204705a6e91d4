import { closest, distance } from 'fastest-levenshtein';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { nearest } from '../../src/problem.js';
import { Journal, type NewExchange } from '../../src/sandbox/journal.js';
import { readQuery } from '../../src/server/http/address.js';
import { startServer } from '../../src/server/server.js';
import { makeClient } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { callControl } from '../support/control.js';
import { openSandbox } from '../support/sandbox.js';

vi.mock('fastest-levenshtein', { spy: true });

describe('a request of 16 KiB', () => {
  it('with one parameter thousands of times keeps each value', () => {
    // What it costs is measured by `npm run bench:neighbours`: no test goes by the machine's speed.
    const { a, ...others } = readQuery(`?${'a=b&'.repeat(4000)}`);
    expect(a).toEqual(Array(4000).fill('b'));
    expect(others).toEqual({});
  });

  it('with a long name is not compared with every known name, letter by letter', () => {
    const known = Array.from({ length: 200 }, (_, i) => `scenario-number-${i}`);
    expect(nearest('scenario-numbr-7', known)).toBe('did you mean scenario-number-7?');
    const compared = vi.mocked(closest).mock.calls.length + vi.mocked(distance).mock.calls.length;
    expect(compared).toBeGreaterThan(0);
    expect(nearest('ab'.repeat(8000), known)).toMatch(/^known: /);
    expect(vi.mocked(closest).mock.calls.length + vi.mocked(distance).mock.calls.length).toBe(
      compared,
    );
  });

  it.each([
    ['numbers in the place of objects', { event: Array(7000).fill(1) }],
    ['empty objects', { event: Array(5000).fill({}) }],
    ['unknown names', Object.fromEntries(Array.from({ length: 1400 }, (_, i) => [`a${i}`, 1]))],
  ])('of %s is refused with an answer of its own size', async (_, wrong) => {
    const { client, sandbox } = await openSandbox();
    const { status, json, text } = await client.create({ ...disability(), ...wrong });
    expect(status).toBe(422);
    expect(json.error.invalid.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThan(65_536);
    expect(sandbox.jobs()).toEqual([]);
  });

  it('still tells every breach of a body of a usual size', async () => {
    const { client } = await openSandbox();
    const { json } = await client.create({ ...disability(), a: 1, b: 2, subject: 3, author: 4 });
    expect(json.error.invalid.map(({ entry }: { entry: string }) => entry).sort()).toEqual([
      '$.a',
      '$.author',
      '$.b',
      '$.subject',
    ]);
  });

  it('of unknown parameters is told of a hundred of them by the control API', async () => {
    const { sandbox } = await openSandbox();
    const names = Array.from({ length: 2000 }, (_, i) => `a${i}=`).join('&');
    const { status, json } = await callControl(sandbox.url, 'GET', `/scenarios?${names}`);
    expect(status).toBe(422);
    expect(json.error.invalid).toHaveLength(100);
  });
});

describe('a list', () => {
  /** A journal whose exchanges count how often somebody looks at them. */
  function counted(kept: number, written: number) {
    const journal = new Journal(kept);
    let looks = 0;
    for (let i = 0; i < written; i += 1) {
      const entry = { responseBody: '', operation: i % 2 === 0 ? 'even' : 'odd', seq: 0 };
      Object.defineProperty(entry, 'job', {
        get: () => {
          looks += 1;
          return String(i);
        },
      });
      journal.add(entry as unknown as NewExchange);
    }
    return { journal, looks: () => looks };
  }

  it('of the newest exchanges looks at no others, and neither does one that is read on', () => {
    const { journal, looks } = counted(5000, 20_000);
    const seqs = (filter: Parameters<Journal['read']>[0]) =>
      journal.read(filter).map(({ seq }) => seq);
    expect(seqs({ job: '19998', limit: 1 })).toEqual([19_999]);
    expect(looks()).toBe(2);
    expect(seqs({ job: '15001', after: 15_001, limit: 1 })).toEqual([15_002]);
    expect(looks()).toBe(3);
    expect(seqs({ limit: 3 })).toEqual([19_998, 19_999, 20_000]);
    expect(seqs({ operation: 'even', limit: 2 })).toEqual([19_997, 19_999]);
    expect(seqs({ after: 3, limit: 2 })).toEqual([15_001, 15_002]);
    expect(seqs({ after: 19_999 })).toEqual([20_000]);
    expect(seqs({ after: 30_000, limit: 5 })).toEqual([]);
    expect(seqs({})).toHaveLength(5000);
  });

  it('of the newest jobs shows no others, and walks back to those in a state', async () => {
    const server = await startServer({ port: 0, clock: { mode: 'manual' }, scenario: 'slow' });
    onTestFinished(() => server.close());
    const client = makeClient(server.url);
    const ids: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      const scenario = i < 4 ? 'immediate-done' : 'slow';
      const { json } = await client.create(disability(), { 'X-Sandbox-Scenario': scenario });
      ids.push(json.data.id);
    }
    const session = server.sandbox.find('default');
    const shown = session ? vi.spyOn(session, 'viewJob') : undefined;
    const list = async (query: string) => {
      const { json } = await callControl(server.url, 'GET', `/sessions/default/jobs?${query}`);
      return json.jobs.map(({ id }: { id: string }) => id);
    };
    expect(await list('limit=3')).toEqual(ids.slice(-3));
    expect(shown).toHaveBeenCalledTimes(3);
    expect(await list('limit=2&state=DONE')).toEqual(ids.slice(2, 4));
    expect(shown).toHaveBeenCalledTimes(5);
    expect(await list('state=FAILED')).toEqual([]);
    expect(await list('limit=100')).toEqual(ids);
  });

  it('of resources can be cut as well', async () => {
    const { sandbox, client } = await openSandbox({ scenario: 'immediate-done' });
    for (let i = 0; i < 3; i += 1) {
      const { json } = await client.create(disability());
      await client.poll(json.data.id);
    }
    const all = (await callControl(sandbox.url, 'GET', '/sessions/default/resources')).json;
    const cut = await callControl(sandbox.url, 'GET', '/sessions/default/resources?limit=1');
    expect(cut.json.resources).toEqual(all.resources.slice(-1));
    expect(all.resources.length).toBeGreaterThan(1);
  });
});
