import { onTestFinished } from 'vitest';
import { start, until } from './command.js';

/** Starts `record` on a free port and waits until it listens. */
export async function startRecord(upstream: string, out: string, ...args: string[]) {
  const child = start(['record', '--upstream', upstream, '--out', out, '--port', '0', ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const exit = new Promise<number | null>((done) => child.on('close', done));
  const listens = /(http:\/\/127\.0\.0\.1:\d+)["\s]/;
  await until(
    () => listens.test(text),
    () => text,
  );
  const url = listens.exec(text)?.[1] ?? '';
  /** Ends it as Ctrl-C does. */
  const end = () => {
    child.kill('SIGINT');
    return exit;
  };
  return { child, url, text: () => text, exit, end };
}
