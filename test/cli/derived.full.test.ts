import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { read } from '../docs/pages.js';
import { CONTENT, run } from '../support/command.js';

it.each(['polling-basics', 'bad-network', 'errors'])(
  'a right client comes through %s of a document alone',
  { timeout: 600_000 },
  async (suite) => {
    const folder = await mkdtemp(join(tmpdir(), 'derived-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [, document = ''] = /^```yaml\n(.*?)^```$/ms.exec(read('docs/your-own-api.md')) ?? [];
    const file = join(folder, 'openapi.yaml');
    await writeFile(file, document);
    const client = ['node', 'test/clients/exports.mjs'];
    const { code, out } = await run('exec', '--pace', '5', '--suite', suite, file, '--', ...client);
    expect(out).toMatch(new RegExp(`\n${suite}: ${CONTENT}`));
    expect(code).toBe(0);
    if (suite === 'polling-basics')
      expect(out).toContain(
        '  without unauthorized-in-mid-poll: the operation that reports asks for no',
      );
  },
);
