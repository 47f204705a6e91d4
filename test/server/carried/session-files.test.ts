import { describe, expect, it } from 'vitest';
import { openServer, play } from './played.js';

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
    text.replace(/([~"])(one|two)\b/g, "$1NAME"),
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
