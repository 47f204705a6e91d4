import type { ErrorCode } from '../error-codes.js';
import { FileError, nearest, type Problem } from '../problem.js';
import { definePack, type PackDefinition } from '../sandbox/define-pack.js';
import type { Pack } from '../sandbox/pack.js';
import { readValue, type Setting, wrongValue } from '../sandbox/settings.js';
import { importFile } from './import-file.js';

/** What each part of a pack must be. */
const PARTS: Readonly<Record<keyof Pack, 'text' | 'function' | 'functions' | 'settings' | 'tour'>> =
  {
    name: 'text',
    names: 'function',
    settings: 'settings',
    begin: 'function',
    prepare: 'function',
    signedIn: 'function',
    authenticate: 'function',
    endToken: 'function',
    handOutToken: 'function',
    admit: 'function',
    idOf: 'function',
    accept: 'function',
    fail: 'function',
    judge: 'function',
    complete: 'function',
    reads: 'functions',
    seed: 'function',
    tour: 'tour',
  };
const KNOWN = Object.keys(PARTS);

const EXPORT = 'write `export default definePack({ name: "my-api", … })`';

/** Imports the behaviour of a pack from outside. @throws FileError that names everything that is wrong in it */
export async function loadBehaviour(file: string): Promise<Pack> {
  const exported = await importModule(file);
  const definition = exported.default;
  const said = (code: ErrorCode, message: string, hint: string) => [
    problem(code, file, message, hint),
  ];
  if (typeof definition !== 'object' || definition === null) {
    const names = Object.keys(exported).filter((name) => name !== 'default');
    const found = names.length > 0 ? `; it exports ${names.join(', ')}` : '';
    const what =
      'default' in exported ? `its default export is no object` : 'it has no default export';
    throw new FileError(said('PACK_BEHAVIOUR_MALFORMED', what + found, EXPORT));
  }
  const mistakes = mistakesOf(definition as Record<string, unknown>);
  if (mistakes.length > 0) {
    throw new FileError(
      mistakes.map(([message, hint]) => problem('PACK_BEHAVIOUR_MALFORMED', file, message, hint)),
    );
  }
  return definePack(definition as PackDefinition);
}

async function importModule(file: string): Promise<Record<string, unknown>> {
  try {
    return await importFile(file);
  } catch (error) {
    const { name, message } = error as Error;
    const hint = 'mend what it reports; it is read as an ES module';
    throw new FileError([
      problem('PACK_BEHAVIOUR_UNREADABLE', file, `cannot be imported: ${name}: ${message}`, hint),
    ]);
  }
}

type Mistake = readonly [message: string, hint: string];

function mistakesOf(given: Record<string, unknown>): Mistake[] {
  const unknown = Object.keys(given).filter((key) => !KNOWN.includes(key));
  return [
    ...unknown.map((key): Mistake => [`a pack has no part "${key}"`, nearest(key, KNOWN)]),
    ...(given.name === undefined
      ? [['the pack has no `name`', 'give it one: name: "my-api"'] as const]
      : []),
    ...Object.entries(given).flatMap(([key, value]) =>
      value === undefined ? [] : mistakesIn(key as keyof Pack, value),
    ),
  ];
}

function mistakesIn(key: keyof Pack, value: unknown): readonly Mistake[] {
  const kind = PARTS[key];
  if (kind === 'text') {
    const good = typeof value === 'string' && value.trim() !== '';
    return good ? [] : [[`\`${key}\` is no text`, 'give the name of the API']];
  }
  if (kind === 'function') {
    return typeof value === 'function' ? [] : [[`\`${key}\` is no function`, hintFor(key)]];
  }
  if (kind === 'functions') {
    if (!isRecord(value)) return [[`\`${key}\` is no object`, hintFor(key)]];
    return Object.entries(value)
      .filter(([, read]) => typeof read !== 'function')
      .map(([id]) => [`\`${key}.${id}\` is no function`, hintFor(key)]);
  }
  if (kind === 'settings') {
    if (!Array.isArray(value)) return [[`\`${key}\` is no list`, SETTING]];
    return value.flatMap((setting, i) => settingMistake(setting, i));
  }
  if (kind === 'tour') {
    const good = isRecord(value) && Array.isArray(value.chapters);
    return good
      ? []
      : [[`\`${key}\` has no list of \`chapters\``, 'see Tour in esoz-sandbox/pack']];
  }
  return [];
}

const SETTING = 'give each { name: "MOST_ORDERS", type: "number", default: 3, about: "…" }';

function settingMistake(setting: unknown, i: number): Mistake[] {
  const at = `\`settings\`, entry ${i + 1}`;
  const { name, type, default: usual, about } = isRecord(setting) ? setting : {};
  if (typeof name !== 'string' || typeof about !== 'string') {
    return [[`${at} lacks \`name\` or \`about\``, SETTING]];
  }
  const types = ['boolean', 'number', 'numbers', 'words', 'choice'];
  if (!types.includes(String(type))) {
    return [[`${at}: unknown type "${type}"`, nearest(String(type), types)]];
  }
  const declared = setting as Setting;
  if (readValue(declared, usual ?? '') !== undefined) return [];
  const wrong = wrongValue(declared, usual ?? '').join('; ');
  return [[`${at}: its default is none: ${wrong}`, SETTING]];
}

function hintFor(key: keyof Pack): string {
  if (key === 'reads')
    return 'give functions by operationId: reads: { getOrder(request, world) { … } }';
  return `write ${key}(…) { … }, or leave it out`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function problem(code: ErrorCode, file: string, message: string, hint: string): Problem {
  return { code, file, line: 0, column: 0, message, hint };
}
