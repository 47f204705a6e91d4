// `node run-changed.mjs NAME`: runs an example with one piece of its text changed, see faults/languages.mjs.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { LANGUAGES } from './faults/languages.mjs';

const { program, from, to } = LANGUAGES[process.argv[2]];
const [command, file] = program;
const [before, after, ...more] = readFileSync(file, 'utf8').split(from);
if (after === undefined || more.length > 0) throw new Error(`${file} does not have ${from} once`);
const folder = mkdtempSync(join(tmpdir(), 'esoz-changed-'));
const changed = join(folder, basename(file));
writeFileSync(changed, before + to + after);
const child = spawn(command, [changed], { stdio: 'inherit' });
process.on('SIGTERM', () => child.kill());
child.on('close', (code) => {
  rmSync(folder, { recursive: true });
  process.exitCode = code ?? 1;
});
