// Loads a server from a process of its own, each on one core, and reads what it costs the server.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const GENERATOR = fileURLToPath(new URL('generator.mjs', import.meta.url));
/** Linux counts processor time in these, whatever the kernel's own tick. */
const TICKS_A_SECOND = 100;

/** The command, bound to one core where the system can do that. */
export function onCore(core, command) {
  return existsSync('/usr/bin/taskset') ? ['taskset', '-c', String(core), ...command] : command;
}

/** Processor time of a process so far, in seconds. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** Resident memory of a process, in MiB. */
export function residentMiB(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

/**
 * @param server with `beside`, processes whose time counts as well
 * @param plan see bench/generator.mjs
 * @returns requests and lives a second, and the server's processor time for each, in microseconds
 */
export function load(server, plan) {
  const { port } = new URL(server.url);
  const pids = [server.pid, ...(server.beside ?? [])];
  const cpuOfAll = () => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  const before = cpuOfAll();
  const argv = onCore(1, [process.execPath, GENERATOR]);
  // Thousands of paths are longer than an argument may be.
  const input = JSON.stringify({ ...plan, port });
  const { stdout, stderr, status } = spawnSync(argv[0], argv.slice(1), { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the load generator has failed: ${stderr}`);
  const found = JSON.parse(stdout);
  if (found.wrong > 0)
    throw new Error(`${found.wrong} answers of ${server.url} were not 2xx: ${stderr}`);
  const cpu = cpuOfAll() - before;
  return { ...found, cpu: (cpu * 1e6) / (found.requests * found.took) };
}

/** The same without standing still meanwhile: for a server in this process. */
export function loadBeside(url, plan) {
  const { port } = new URL(url);
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [GENERATOR]);
    child.stdin.end(JSON.stringify({ ...plan, port }));
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('close', (code) =>
      code === 0 ? done(JSON.parse(text)) : fail(new Error('the load generator has failed')),
    );
  });
}

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
