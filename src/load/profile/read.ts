import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asset } from '../../assets.js';
import { TOLERANCES } from '../../audit/rules/index.js';
import { readFileText } from '../../file-text.js';
import { type Profile, parseProfile } from '../../formats/profile/parse.js';
import { nearest } from '../../problem.js';
import { UsageError } from '../../sandbox-error.js';
import { isPackFolder } from '../pack-description.js';
import { shown } from '../scenario-files.js';

/** A profile, and where its scenarios lie. */
export interface FoundProfile extends Profile {
  folder: string;
}

/** Texts of scenario files by their names. */
type Texts = ReadonlyMap<string, string>;

/** Names of the profiles that come with the package, the oldest first. */
export async function profileNames(): Promise<string[]> {
  return (await readdir(asset('profiles')).catch(() => [])).sort();
}

/**
 * A profile of the package by its name, or one of your own by its folder.
 * @throws UsageError where there is none, FileError for what is wrong with it
 */
export async function readProfile(name: string): Promise<FoundProfile> {
  const folder = isPackFolder(name) ? name : asset('profiles', name);
  const file = join(folder, 'profile.yaml');
  const text = await readFileText(file).catch(() => undefined);
  if (text === undefined) {
    const isFolder = (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
    if (isFolder) {
      const what = `there is no profile.yaml in ${folder}`;
      throw new UsageError('USAGE_UNKNOWN_PROFILE', what, 'name the folder that holds it');
    }
    const hint = `${nearest(name, await profileNames())}; one of your own is named by its folder, ./${name}`;
    throw new UsageError('USAGE_UNKNOWN_PROFILE', `unknown profile "${name}"`, hint);
  }
  return { ...(await checkProfile(file, text)), folder };
}

/** Reads a profile, held to the scenarios beside its file. @throws FileError for what is wrong with it */
export async function checkProfile(file: string, text: string): Promise<Profile> {
  const texts = await readTexts(join(dirname(file), 'scenarios'));
  return parseProfile(
    shown(file),
    text,
    { tolerances: TOLERANCES },
    { files: [...texts.keys()], hashOf: (content) => hashOf(content, texts) },
  );
}

async function readTexts(folder: string): Promise<Texts> {
  const names = (await readdir(folder).catch(() => [])).filter((one) => one.endsWith('.yaml'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return new Map(names.map((name, i) => [name.slice(0, -'.yaml'.length), texts[i] ?? '']));
}

/**
 * Of what a profile says and of its scenarios, whatever the order of keys and the system's ends of lines: a checkout on
 * Windows has others.
 */
export function hashOf(content: Readonly<Record<string, unknown>>, texts: Texts): string {
  const { hash: _, ...said } = content;
  const scenarios = [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => [name, text.replaceAll('\r\n', '\n')]);
  const whole = JSON.stringify([sorted(said), scenarios]);
  return `sha256:${createHash('sha256').update(whole).digest('hex')}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
