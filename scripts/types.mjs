// Writes the types of what the package exports, and leaves out those of everything else.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import exported from '../package.json' with { type: 'json' };

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'dist', 'types');

/** What users have who use these types: Node itself, and the runner of the tests that they are for. */
const THERE = /^(?:node:[\w/]+|vitest)$/;

/** `import type { Ajv } from 'ajv';` and the same without `type`, of which a declaration needs types alone. */
const TYPES = /^import (?:type )?\{([^}]*)\} from '([^']+)';$/gm;

const IMPORT = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

rmSync(folder, { recursive: true, force: true });
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });

const reached = new Set();
const foreign = new Set();
const entries = Object.values(exported.exports).flatMap(({ types }) => types ?? []);
for (const entry of entries) follow(join(root, entry));
for (const name of readdirSync(folder, { recursive: true })) {
  const file = join(folder, name);
  if (statSync(file).isFile() && !reached.has(file)) rmSync(file);
}
if (foreign.size > 0) {
  process.stderr.write(`Users of these types lack: ${[...foreign].sort().join(', ')}\n`);
  process.exitCode = 1;
}

function follow(file) {
  if (reached.has(file)) return;
  reached.add(file);
  const text = readFileSync(file, 'utf8');
  const own = text.replace(TYPES, (whole, names, from) =>
    from.startsWith('.') || THERE.test(from) ? whole : names.split(',').map(unknown).join('\n'),
  );
  if (own !== text) writeFileSync(file, own);
  // Examples in comments import what users have.
  for (const [, name] of own.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(IMPORT)) {
    if (name.startsWith('.')) follow(join(dirname(file), name.replace(/\.js$/, '.d.ts')));
    else if (!THERE.test(name)) foreign.add(`${name} (${file.slice(folder.length + 1)})`);
  }
}

/** A type of a package that is bundled: nothing that is exported shows it. */
function unknown(name) {
  const [, as] = /(?:\bas\s+)?(\w+)\s*$/.exec(name) ?? [];
  return as === undefined
    ? ''
    : `type ${as}<_A = unknown, _B = unknown> = any; declare const ${as}: any;`;
}
