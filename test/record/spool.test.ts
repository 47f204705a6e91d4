import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import { Spool } from '../../src/record/judge/spool.js';

const namesIn = () => readdirSync(tmpdir()).filter((name) => name.startsWith('esoz-sandbox-'));

it('gives texts back as they were, in any order, and has no name', () => {
  const before = namesIn();
  const spool = new Spool();
  onTestFinished(() => spool.close());
  const texts = ['', 'Пацієнт', 'x', 'y'.repeat(100_000), '"{}"', 'exactly sixteen!'];
  const places = texts.map((text) => spool.put(text));
  expect(places.map((place) => typeof place)).toEqual(texts.map(() => 'object'));
  expect(places.toReversed().map((place) => spool.get(place))).toEqual(texts.toReversed());
  expect(namesIn().filter((name) => !before.includes(name))).toEqual([]);
});

it.runIf(process.platform === 'linux')('writes nothing that anybody could read', () => {
  const spool = new Spool();
  onTestFinished(() => spool.close());
  const secret = 'of a patient, who has a name';
  spool.put(secret);
  const folder = '/proc/self/fd';
  const own = readdirSync(folder).filter((fd) =>
    linkOf(`${folder}/${fd}`).includes('esoz-sandbox-'),
  );
  expect(own).not.toEqual([]);
  const files = own.map((fd) => readFileSync(`${folder}/${fd}`, 'utf8'));
  expect(files.filter((text) => text.includes(secret))).toEqual([]);
});

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
