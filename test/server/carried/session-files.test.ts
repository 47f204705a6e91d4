import { readFile } from 'node:fs/promises';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openServer, play, playWithCredentials } from './played.js';

/** What people can ask of a session, but for its name. */
async function viewsOf(
  control: Awaited<ReturnType<typeof openServer>>['control'],
  session: string,
  at?: number,
) {
  const query = at === undefined ? '' : `?at=${at}`;
  const paths = ['', '/jobs', '/journal', '/resources', '/world', '/verdict'];
  const answers = await Promise.all(
    paths.map((path) => control('GET', `/sessions/${session}${path}${query}`)),
  );
  return answers.map(({ status, text }, i) => [
    paths[i],
    status,
    text.replace(/([~"])(one|two)\b/g, '$1NAME'),
  ]);
}

describe('a session as a file', () => {
  it('is the same session when it is loaded again', async () => {
    const server = await openServer();
    await play(server, 'one');
    const { status, bytes } = await server.save('one', '?secrets=true');
    expect(status).toBe(200);
    expect(await server.load('two', bytes)).toMatchObject({ status: 201 });
    expect(await viewsOf(server.control, 'two')).toEqual(await viewsOf(server.control, 'one'));
  });

  it('shows each moment as the live session showed it', async () => {
    const server = await openServer();
    const seen: unknown[] = [];
    await play(server, 'one', async () => {
      seen.push(await viewsOf(server.control, 'one'));
    });
    for (const [i, views] of seen.entries()) {
      expect(await viewsOf(server.control, 'one', i + 1)).toEqual(views);
    }
    expect(seen.length).toBeGreaterThan(10);
  });
});

function toldIn({
  rules,
}: {
  rules: { rule: string; outcome: string; findings: { message: string }[] }[];
}) {
  return rules.map(({ outcome, findings }) => [outcome, ...findings.map(({ message }) => message)]);
}

describe('the file of a session', () => {
  it('holds none of the credentials that were used, and gives the same verdict', async () => {
    const server = await openServer({}, { pack: 'esoz' });
    const used = await playWithCredentials(server, 'one');
    const { bytes } = await server.save('one');
    const text = brotliDecompressSync(bytes).toString();
    expect(used.filter((credential) => text.includes(credential))).toEqual([]);
    const open = brotliDecompressSync((await server.save('one', '?secrets=true')).bytes).toString();
    expect(used.filter((credential) => !open.includes(credential))).toEqual([]);
    expect(await server.load('two', bytes)).toMatchObject({ status: 201 });
    const [one, two] = await Promise.all(
      ['one', 'two'].map(
        async (name) => (await server.control('GET', `/sessions/${name}/verdict`)).json,
      ),
    );
    expect(toldIn(two)).toEqual(toldIn(one));
  });

  it('is refused in one line when it is none, is cut or changed, and nothing has changed then', async () => {
    const server = await openServer();
    await server.clientOf('one').schedule('done-after-eta');
    const { bytes } = await server.save('one');
    const changed = Buffer.from(bytes);
    changed[Math.floor(bytes.length / 2)] = 255 - (changed[Math.floor(bytes.length / 2)] as number);
    const header = { format: 'esoz-session', version: 9, facts: 1, program: '9.0.0' };
    const bomb = brotliCompressSync(Buffer.alloc(600 * 1024 ** 2, 'a'), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
    });
    const files: [Buffer, code: string][] = [
      [Buffer.from('no file at all'), 'SESSION_FILE_BROKEN'],
      [Buffer.alloc(0), 'SESSION_FILE_BROKEN'],
      [bytes.subarray(0, bytes.length - 20), 'SESSION_FILE_BROKEN'],
      [changed, 'SESSION_FILE_BROKEN'],
      [brotliCompressSync('{}\n'), 'SESSION_FILE_BROKEN'],
      [brotliCompressSync(`${JSON.stringify(header)}\n`), 'SESSION_FILE_NEWER'],
      [bomb, 'SESSION_FILE_TOO_LARGE'],
    ];
    for (const [file, code] of files) {
      const { status, json } = await server.load('one', file, '?replace=true');
      expect([status >= 400 && status < 500, json.error?.code]).toEqual([true, code]);
      expect(json.error?.message).not.toContain('\n');
    }
    const { json } = await server.control('GET', '/sessions/one');
    expect(json.holds).toMatchObject({ jobs: 1, exchanges: 1 });
    expect((await server.load('one', bytes)).json.error?.code).toBe('SESSION_IN_USE');
    expect((await server.load('one', bytes, '?replace=true')).status).toBe(201);
  });
});

describe('a file that an older version has made', () => {
  it('is read for ever', async () => {
    const server = await openServer();
    const bytes = await readFile('test/fixtures/sessions/version-1.esoz');
    expect(await server.load('old', bytes)).toMatchObject({ status: 201 });
    const { json } = await server.control('GET', '/sessions/old/journal');
    expect(json.exchanges).toMatchObject([{ seq: 1, method: 'POST', status: 400 }]);
  });
});

describe('a branch', () => {
  it('goes on from an exchange, and what came after it is not there', async () => {
    const server = await openServer();
    const client = server.clientOf('one');
    const job = await client.schedule('done-after-two-polls');
    for (let i = 0; i < 3; i += 1) await client.poll(job);
    const before = await server.control('GET', '/sessions/one/journal');
    const made = await server.control('POST', '/sessions/one/branch', { name: 'two', at: 2 });
    expect(made).toMatchObject({ status: 201, json: { name: 'two', holds: { exchanges: 2 } } });
    const other = server.clientOf('two');
    expect((await other.poll(job)).json).toMatchObject({ data: { status: 'PENDING' } });
    const { json } = await server.control('GET', `/sessions/two/jobs/${job}`);
    expect(json.polls).toBe(2);
    expect((await server.control('GET', '/sessions/one/journal')).text).toBe(before.text);
    const again = await server.control('POST', '/sessions/one/branch', { name: 'two' });
    expect(again).toMatchObject({ status: 409, json: { error: { code: 'SESSION_IN_USE' } } });
    const far = await server.control('POST', '/sessions/one/branch', { name: 'far', at: 40 });
    expect(far).toMatchObject({
      status: 404,
      json: { error: { code: 'SESSION_NO_SUCH_EXCHANGE' } },
    });
  });
});
