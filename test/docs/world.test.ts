import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CREDENTIALS, send } from '../support/client.js';
import { LONG_ENOUGH, openSandbox } from '../support/sandbox.js';

const PAGE = readFileSync('docs/reference/world.md', 'utf8');

/** The requests that the page shows, as it shows them. */
const REQUESTS = [
  ...PAGE.matchAll(/curl -s -X POST http:\/\/127\.0\.0\.1:4010(\/api\S+).*?-d '(.+?)'$/gms),
];

describe('the page of the platform’s world', () => {
  it('shows requests that go through as they stand', async () => {
    const { sandbox } = await openSandbox({ pack: 'esoz' });
    expect(REQUESTS).toHaveLength(3);
    for (const [, path, body = ''] of REQUESTS) {
      const answer = await send('POST', sandbox.url + path, {
        body: JSON.parse(body),
        headers: CREDENTIALS,
      });
      expect(answer.status, answer.text).toBeLessThan(300);
    }
    sandbox.clock.advance(LONG_ENOUGH);
    expect(sandbox.jobs().map(({ state }) => state)).toEqual(
      expect.arrayContaining(['DONE', 'DONE', 'processed']),
    );
    expect(sandbox.jobs().map(({ state }) => state)).not.toContain('FAILED');
    expect(sandbox.jobs()).toHaveLength(3);
  });

  it('lists what stands there', async () => {
    const { sandbox } = await openSandbox({ pack: 'esoz' });
    const { resources } = sandbox.world();
    const own = Object.entries(resources).filter(([kind]) => kind !== 'client' && kind !== 'user');
    expect(own.length).toBeGreaterThan(20);
    for (const [kind, found] of own) {
      for (const { id } of found) expect(PAGE).toContain(`| ${kind} | \`${id}\` |`);
    }
  });
});
