import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import type { FileLine, SessionFile } from './session-file.js';

/** So many lines are written at a time: nobody else waits for long. */
const SLICE = 100;

/** Less is hardly faster, more takes many times as long for a few in a hundred. */
const QUALITY = 9;

/** The bytes of a file. Scenarios stand in front of all other facts. */
export async function writeSessionFile({ header, facts, verdict }: SessionFile): Promise<Buffer> {
  const brotli = createBrotliCompress({
    params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  const parts: Buffer[] = [];
  brotli.on('data', (part: Buffer) => parts.push(part));
  const ended = once(brotli, 'end');
  const hash = createHash('sha256');
  const lines: (FileLine | SessionFile['header'])[] = [
    header,
    ...facts.filter(({ k }) => k === 'scenario'),
    ...facts.filter(({ k }) => k !== 'scenario'),
    { k: 'verdict', verdict },
  ];
  for (let from = 0; from < lines.length; from += SLICE) {
    const text = lines
      .slice(from, from + SLICE)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('');
    hash.update(text);
    if (!brotli.write(text)) await once(brotli, 'drain');
    await nextTurn();
  }
  brotli.end(
    `${JSON.stringify({ k: 'end', facts: facts.length, sha256: hash.digest('base64url') })}\n`,
  );
  await ended;
  return Buffer.concat(parts);
}
