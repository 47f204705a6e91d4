import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';

const run = promisify(execFile);

/** How a few lines of a language are run, and what has to be there; undefined: Node, which is. */
type Runner = readonly [
  runtime: Parameters<typeof import('./runtimes.js').needs>[0] | undefined,
  play: (text: string) => Promise<{ stdout: string }>,
];

/**
 * Called once at the top of a file that runs code which the product writes for people to copy.
 * @param javaClass the class of the lines in Java, after which their file must be named
 */
export function codeRunners(javaClass: string) {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'code-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const withMono = async (text: string) => {
    const program = join(folder, 'lines.exe');
    await run('mcs', [`-out:${program}`, '-r:System.Net.Http.dll', file('lines.cs', text)]);
    return run('mono', [program]);
  };
  return {
    curl: ['curl', (text) => run('bash', ['-c', text])],
    PHP: ['php', (text) => run('php', [file('lines.php', text)])],
    'C#': ['csharp', withMono],
    Java: ['java', (text) => run('java', [file(`${javaClass}.java`, text)])],
    Python: ['python', (text) => run('python3', [file('lines.py', text)])],
    JavaScript: [undefined, (text) => run(process.execPath, [file('lines.mjs', text)])],
  } satisfies Record<string, Runner>;
}
