import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A pack from outside: its own document, binding, scenarios, suite and behaviour. */
export const OUTSIDE = './test/fixtures/pack-outside';

/** What becomes of a file: another text, or none at all. */
type Change = string | null | ((text: string) => string);

/** A copy of that pack for one test, with some of its files changed. */
export async function packWith(changes: Record<string, Change> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pack-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(OUTSIDE, folder, { recursive: true });
  await edit(join(folder, 'behaviour.js'), withoutPackage);
  for (const [name, change] of Object.entries(changes)) await edit(join(folder, name), change);
  return folder;
}

async function edit(file: string, change: Change): Promise<void> {
  if (change === null) await rm(file);
  else if (typeof change === 'string') await writeFile(file, change);
  else await writeFile(file, change(await readFile(file, 'utf8')));
}

/** From where the copy lies the package cannot be found; a pack can do without it. */
function withoutPackage(text: string): string {
  return text.replace(/^import .*\n/m, '').replace('definePack(', '(');
}

/** Puts one text in the place of another that must be there. */
export const swap = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`the file has no ${from}`);
  return text.replace(from, to);
};
