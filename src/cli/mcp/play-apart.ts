import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSea } from 'node:sea';
import type { ServedFiles } from '../../load/pack-description.js';
import type { Ran, RunAsked, RunReport } from '../../mcp/access.js';

interface Apart {
  /** The client's command. */
  argv: readonly string[];
  /** Documents and folders, as they were named. */
  files: readonly string[];
  options: ServedFiles;
  asked: RunAsked;
}

/** The last that is kept of what a run says. */
const MOST_OUTPUT = 20_000;

/** Runs `exec` as a process of its own: what it says must not come between the words of the protocol. */
export async function playApart(
  { argv, files, options, asked }: Apart,
  signal: AbortSignal,
): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-sandbox-'));
  try {
    const report = join(folder, 'report.json');
    const own = ['exec', '--no-ci', '--report', `json=${report}`, ...flags(options, asked)];
    const command = [...files, ...(files.length > 0 ? ['--'] : []), ...argv];
    const { exitCode, output } = await run([...own, '--', ...command], signal);
    const text = await readFile(report, 'utf8').catch(() => undefined);
    const found = text === undefined ? {} : { report: JSON.parse(text) as RunReport };
    return { exitCode, output, ...found };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function flags({ pack, spec, binding, scenarios }: ServedFiles, asked: RunAsked): string[] {
  const { suite, scenarios: names = [], pace } = asked;
  const given = { pack, spec, binding, scenarios, suite, pace };
  return [
    ...Object.entries(given).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => `--${name}=${one}`),
    ),
    ...names.flatMap((name) => [`--scenario=${name}`]),
  ];
}

function run(args: readonly string[], signal: AbortSignal) {
  const program = isSea() ? [] : [process.argv[1] as string];
  return new Promise<{ exitCode: number; output: string }>((tell, fail) => {
    const child = spawn(process.execPath, [...program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ESOZ_LANG: 'en', NO_COLOR: '1' },
    });
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-MOST_OUTPUT);
      });
    }
    child.once('error', fail);
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop);
      tell({ exitCode: code ?? 1, output });
    });
  });
}
