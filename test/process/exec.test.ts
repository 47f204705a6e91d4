import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { taskkill } from '../../src/cli/exec/processes.js';
import { type RunningCommand, runCommand } from '../../src/cli/exec/run-command.js';
import { isRunning, run, start, until } from '../support/command.js';

const GOOD = 'exec node examples/javascript/poller.mjs';
const ONE = ['-s', 'done-after-eta', '--pace', '20'];

function sh(script: string, timeout = 60_000): RunningCommand {
  return runCommand({ argv: ['sh', '-c', script], env: {}, timeout, show: false });
}

/** Numbers of processes that a script has printed; they are ended with the test, whatever becomes of it. */
function pidsIn(output: string): number[] {
  const pids = [...output.matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid));
  onTestFinished(() => {
    for (const pid of pids.filter(isRunning)) process.kill(pid, 'SIGKILL');
  });
  return pids;
}

/** Waits for a command's line `pid NUMBER`. @returns what it has printed until the moment of asking */
async function printsPid({ stdout }: ReturnType<typeof start>): Promise<() => string> {
  let out = '';
  stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await until(
    () => /^pid \d+$/m.test(out),
    () => out,
  );
  return () => out;
}

async function gone(pid: number | undefined): Promise<void> {
  expect(pid).toBeGreaterThan(0);
  await until(
    () => !isRunning(pid as number),
    () => `process ${pid} still runs`,
  );
}

describe('a command is over when its process has ended', () => {
  it('though something that it has left in its group holds the pipes', async () => {
    const played = await run(
      'exec',
      ...ONE,
      '--timeout',
      '15s',
      '--',
      'sh',
      '-c',
      `sleep 40 & ${GOOD}`,
    );
    expect(played.out).toMatch(/^\[1\/1\] ✓ done-after-eta/m);
    expect(played.code).toBe(0);
  });

  it('though a daemon that has left the group holds the pipes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'daemon-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const there = join(folder, 'there');
    const { ended } = sh(
      `setsid sh -c 'echo pid $$; : >${there}; exec sleep 40' & until [ -e ${there} ]; do sleep 0.05; done; echo last; exit 3`,
    );
    const end = await ended;
    const [daemon] = pidsIn(end.output);
    expect(end).toMatchObject({ code: 3, stopped: false });
    expect(end.output).toContain('last');
    expect(isRunning(daemon as number)).toBe(true);
  });

  it('with all that it has printed, however much that is', async () => {
    const { ended } = sh(`sleep 40 & head -c 60000 /dev/zero | tr '\\0' x; echo END >&2`);
    const { output, code } = await ended;
    expect(code).toBe(0);
    expect(output.match(/x/g)).toHaveLength(60_000);
    expect(output).toContain('END');
  });
});

describe('a command that takes too long', () => {
  it('ends with a child that has left its group', async () => {
    const { ended } = sh(`setsid sh -c 'echo pid $$; exec sleep 40'; echo never`, 700);
    const end = await ended;
    expect(end.stopped).toBe(true);
    await gone(pidsIn(end.output)[0]);
    expect(end.output).not.toContain('never');
  });

  it('ends with a grandchild that has left its group and heeds no SIGTERM', async () => {
    const deaf = `trap "" TERM; echo pid $$; while :; do sleep 0.2; done`;
    const { ended } = sh(
      `sh -c 'setsid sh -c "${deaf.replaceAll('"', '\\"').replaceAll('$', '\\$')}"; :'; :`,
      700,
    );
    const end = await ended;
    expect(end.stopped).toBe(true);
    await gone(pidsIn(end.output)[0]);
  });

  it('ends though it heeds no SIGTERM itself', async () => {
    const { ended } = sh(`trap '' TERM; echo pid $$; while :; do sleep 0.2; done`, 500);
    const end = await ended;
    expect(end.stopped).toBe(true);
    await gone(pidsIn(end.output)[0]);
  });
});

describe('exec ends its client with itself', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('on %s, and exits %i', async (signal, code) => {
    const child = start([
      'exec',
      '-s',
      'slow',
      '--output',
      '--',
      'sh',
      '-c',
      'echo pid $$; exec sleep 40',
    ]);
    const printed = await printsPid(child);
    const [pid] = pidsIn(printed());
    const ended = new Promise((done) => child.on('exit', done));
    child.kill(signal);
    expect(await ended).toBe(code);
    await gone(pid);
  });

  it('though the client heeds no signal, and begins no further scenario', async () => {
    const deaf = `trap '' TERM INT HUP; echo pid $$; while :; do sleep 0.2; done`;
    const child = start([
      'exec',
      '-s',
      'slow',
      'done-after-eta',
      '--output',
      '--',
      'sh',
      '-c',
      deaf,
    ]);
    const printed = await printsPid(child);
    const ended = new Promise((done) => child.on('exit', done));
    child.kill('SIGTERM');
    expect(await ended).toBe(143);
    const pids = pidsIn(printed());
    expect(pids).toHaveLength(1);
    await gone(pids[0]);
  });
});

describe('on Windows', () => {
  it('a command is ended with all that it has started', () => {
    expect(taskkill(4711)).toEqual(['taskkill', '/PID', '4711', '/T', '/F']);
  });
});
