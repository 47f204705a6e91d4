// Where the pages' facts come from: the command line, and declarations in src/.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** What a command prints. */
export function cli(...args) {
  return execFileSync(process.execPath, [join(root, 'scripts/cli.mjs'), ...args], {
    env: { ...process.env, NO_COLOR: '1', ESOZ_LANG: 'en' },
  }).toString();
}

/** What a command lists. */
export function list(command) {
  return JSON.parse(cli(command, '--json'));
}

/** A module of src/ that needs no package. */
export async function importSource(file) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

/** A table of Markdown. */
export function table(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}
