import { describe, expect, it } from 'vitest';
import { run } from '../support/command.js';
import { OUTSIDE } from '../support/pack-folder.js';

describe('a folder is taken by', () => {
  it('exec, which plays its suite', async () => {
    const { code, out } = await run(
      'exec',
      '--pack',
      OUTSIDE,
      '--',
      'node',
      'test/clients/orders.mjs',
    );
    expect(out).toContain('polling-basics: no finding');
    expect(code).toBe(0);
  });

  it('demo, which plays what follows from its binding', async () => {
    const { code, out } = await run('demo', '--pack', OUTSIDE);
    expect(out).toContain('POST http://127.0.0.1');
    expect(out).toMatch(/declined: the job has failed, after \d+ polls?/);
    expect(code).toBe(0);
  });
});
