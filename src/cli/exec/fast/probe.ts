import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onlyForward } from '../../../sandbox/clock.js';
import type { Duration, MachineMs } from '../../../time/moments.js';
import { atRate, type Origin } from '../../../time/origin.js';
import { pastProxy } from '../environment.js';
import { runCommand } from '../run-command.js';
import { fastEnvironment } from './environment.js';
import { type Figures, readFigures } from './figures.js';
import type { Library } from './library.js';
import type { Program } from './programs/program.js';
import { shareOrigin } from './shared-origin.js';

/** What a probe measures takes so long in its own time. */
const MEASURED: Duration = 12_000;
/** What does not scale would hold it for ever; a JVM on a busy machine needs some of it to start. */
const PATIENCE: MachineMs = 12_000;
const COMPILING: MachineMs = 60_000;

/** A probe that can be run. */
export interface ReadyProbe {
  argv: readonly string[];
  remove(): Promise<void>;
}

/** Writes and compiles a probe. Undefined: there is no compiler, or it fails. */
export async function prepareProbe(
  program: Program,
  runtime: string,
): Promise<ReadyProbe | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-probe-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const file = join(folder, program.file);
  await writeFile(file, program.text);
  const compiler = program.compile?.(file, folder, runtime);
  if (compiler && !(await compiles(compiler))) {
    await remove();
    return undefined;
  }
  return { argv: program.run(file, folder, runtime), remove };
}

async function compiles(argv: readonly string[]): Promise<boolean> {
  const command = { argv, env: {}, timeout: COMPILING, show: false };
  const end = await runCommand(command).ended.catch(() => undefined);
  return end?.code === 0;
}

/** Where and how fast a probe is run. */
export interface ProbeSetting {
  library: Library;
  rate: number;
  curl: boolean;
  env: NodeJS.ProcessEnv;
}

/** Runs a probe in fast time, beside a server whose clock runs as fast. */
export async function runProbe({ argv }: ReadyProbe, setting: ProbeSetting): Promise<Figures> {
  const shared = shareOrigin();
  const server = await openProbeServer(shared.origin, setting.rate);
  try {
    const env = {
      ...pastProxy(setting.env),
      ...fastEnvironment({ ...setting, names: shared.names }, setting.env.LD_PRELOAD),
      ESOZ_PROBE: server.url,
    };
    const timeout = PATIENCE + MEASURED / setting.rate;
    const end = await runCommand({ argv, env, timeout, show: false }).ended.catch(() => undefined);
    return readFigures(end?.output ?? '', server.skews);
  } finally {
    server.close();
    shared.remove();
  }
}

/** Answers at once what a probe asks, but for `/hang`. */
async function openProbeServer(origin: Origin, rate: number) {
  const time = onlyForward(Date.now, performance.now.bind(performance));
  const skews: Duration[] = [];
  const server = createServer((req, res) => {
    const at = /[?&]at=([\d.]+)/.exec(req.url ?? '')?.[1];
    if (at !== undefined) skews.push(atRate(origin, rate, time.exact()) - Number(at));
    if (!req.url?.startsWith('/hang')) res.end('{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    skews,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
