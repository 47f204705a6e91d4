import { readFileSync } from 'node:fs';
import { asset } from '../assets.js';

/** Its own, and those of what the build has put into it. */
const FILES = [['LICENSE'], ['dist', 'third-party-licences.txt']];

export function printLicences(): void {
  const texts = FILES.map((path) => readFileSync(asset(...path), 'utf8').trimEnd());
  process.stdout.write(`${texts.join('\n\n')}\n`);
}
