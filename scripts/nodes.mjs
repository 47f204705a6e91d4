// Runs the quick tests with other versions of Node than the one at hand.
import { execFileSync, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinary, VERSIONS } from './nodes/binary.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const failed = VERSIONS.filter((version) => {
  const node = nodeBinary(version);
  console.log(`\nNode ${execFileSync(node, ['--version']).toString().trim()}`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(node, [vitest, 'run', '--project', 'quick'], {
    cwd: root,
    stdio: 'inherit',
  });
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`The quick tests fail on Node ${failed.join(' and ')}.`);
  process.exitCode = 1;
}
