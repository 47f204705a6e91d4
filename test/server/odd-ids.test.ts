import { describe, expect, it } from 'vitest';
import { send } from '../support/client.js';
import { openSmallApi } from '../support/small-api.js';

const open = () =>
  openSmallApi({
    content: { 'application/json': { schema: { type: 'object' } } },
    binding: { report: { operation: 'readThing', job: 'id', ids: 'body.id or uuid' } },
  });

describe('a job whose client chooses its id', () => {
  it.each([
    ['has half of a pair of surrogates', 'a\ud800b', 'a\ufffdb'],
    ['has signs that mean something in an address', '../?#%2F;{}', '../?#%2F;{}'],
    ['is cut within a pair', `${'a'.repeat(1023)}\u{1F1FA}`, `${'a'.repeat(1023)}\ufffd`],
    ['is as long as a path takes', 'b'.repeat(1024), 'b'.repeat(1024)],
  ])('is polled, held and played where that %s', async (_, chosen, told) => {
    const { things, sandbox, url } = await open();
    const made = await send('POST', things, { body: { id: chosen } });
    expect(made.json).toMatchObject({ id: told });
    const path = encodeURIComponent(told);
    expect(await send('GET', `${things}/${path}`)).toMatchObject({ status: 200 });
    const steered = `${url}/__sandbox/sessions/default/jobs/${path}`;
    expect(await send('POST', `${steered}/hold`)).toMatchObject({ status: 200 });
    const played = await send('POST', `${steered}/play`, { body: { next: { state: 'FAILED' } } });
    expect(played).toMatchObject({ status: 200 });
    expect(sandbox.jobs()).toMatchObject([{ id: told, state: 'FAILED', by_hand: 'played' }]);
  });
});
