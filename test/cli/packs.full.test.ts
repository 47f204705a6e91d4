import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CONTENT, run } from '../support/command.js';

it('exec --pack has nothing to say of a good client', async () => {
  const asked = ['--pack', 'medical-events', '--pace', '20'];
  const { code, out } = await run(
    'exec',
    ...asked,
    ...['--', 'node', 'test/clients/medical-events.mjs'],
  );
  expect(out).toMatch(new RegExp(`^polling-basics: ${CONTENT}$`, 'm'));
  expect(code).toBe(0);
});

it('lint --pack checks contract, binding, behaviour and all that belongs to them', async () => {
  const { code, out } = await run('lint', '--pack', 'medical-events');
  const folders = ['scenarios/medical-events', 'scenarios/medical-events/suites'];
  const names = folders.flatMap((folder) => readdirSync(folder));
  const files = names.filter((name) => name.endsWith('.yaml'));
  expect(out).toBe(`${files.length} files, no mistake\n`);
  expect(code).toBe(0);
});
