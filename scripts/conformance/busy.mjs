// Busy loops beside the clients, each a process of its own, ended by `stop`.
import { spawn } from 'node:child_process';

/** @returns stops them */
export function keepBusy(count) {
  // A loop that ends when its parent is gone: nothing stays behind, however the script ends.
  const loop = 'for (let end = Date.now() + 6e6; Date.now() < end && process.ppid === PARENT; );';
  const program = loop.replace('PARENT', String(process.pid));
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', program], { stdio: 'ignore' }),
  );
  return () => {
    for (const child of children) child.kill('SIGKILL');
  };
}
