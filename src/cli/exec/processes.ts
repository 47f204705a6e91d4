import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process, and when it began: a number may be given anew. */
export interface ProcessId {
  pid: number;
  began: string;
}

interface Row extends ProcessId {
  parent: number;
}

/** Signals a command and all of its group. */
export function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    const [file, ...args] = taskkill(pid);
    // Windows has neither groups nor a way to ask: the whole tree ends.
    spawn(file as string, args, { stdio: 'ignore' }).on('error', () => {});
    return;
  }
  send(-pid, signal);
}

/** Ends a process with all that descend from it. */
export function taskkill(pid: number): string[] {
  return ['taskkill', '/PID', String(pid), '/T', '/F'];
}

/** Signals those that are the same yet. */
export function endProcesses(processes: readonly ProcessId[], signal: NodeJS.Signals): void {
  if (processes.length === 0) return;
  const now = new Map(listProcesses().map(({ pid, began }) => [pid, began]));
  for (const { pid, began } of processes) if (now.get(pid) === began) send(pid, signal);
}

/** Every process that descends from one, by the parents that they have now. */
export function descendantsOf(pid: number): ProcessId[] {
  const rows = listProcesses();
  const found: ProcessId[] = [];
  const follow = (parent: number) => {
    for (const row of rows) {
      if (row.parent !== parent || found.some((known) => known.pid === row.pid)) continue;
      found.push({ pid: row.pid, began: row.began });
      follow(row.pid);
    }
  };
  follow(pid);
  return found;
}

/** Empty where the system does not say. */
function listProcesses(): Row[] {
  try {
    if (process.platform === 'linux') return listProc();
    return process.platform === 'win32' ? [] : listPs();
  } catch {
    return [];
  }
}

/** proc_pid_stat(5): the name stands in parentheses and may hold some; behind it are state, parent, … start time. */
function listProc(): Row[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return [{ pid: Number(name), parent: Number(fields[1]), began: fields[19] ?? '' }];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}

/** POSIX has no /proc. */
function listPs(): Row[] {
  const args = ['-A', '-o', 'pid=,ppid=,lstart='];
  const text = execFileSync('ps', args, { encoding: 'utf8', timeout: 1000, stdio: 'pipe' });
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, began] = /^\s*(\d+)\s+(\d+)\s+(.+)$/.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), began: began ?? '' }] : [];
  });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
