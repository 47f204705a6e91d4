import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { editorFiles } from '../../src/load/editor-files.js';

const files = await editorFiles();
const ajv = new Ajv({ strict: false, allErrors: true });

/** Every file below a folder whose first key is this one. */
function beginningWith(key: string, ...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(folder, name))
      .filter((file) => new RegExp(`^${key}:`, 'm').test(readFileSync(file, 'utf8'))),
  );
}

describe('a file that is written from the declarations', () => {
  it.each(Object.keys(files))('%s is the one that stands in the repository', (file) => {
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(files[file]);
  });
});

describe('the schema of', () => {
  it.each([
    ['bindings', 'spec/binding.schema.json', beginningWith('binding', 'spec', 'test/fixtures')],
    ['suites', 'scenarios/suite.schema.json', beginningWith('suite', 'scenarios')],
    ['profiles', 'scenarios/profile.schema.json', beginningWith('profile', 'profiles')],
  ])('%s takes every one that comes with the package', (_, schema, all) => {
    const takes = ajv.compile(JSON.parse(files[schema] ?? ''));
    expect(all.length).toBeGreaterThan(schema.includes('profile') ? 0 : 3);
    for (const file of all) {
      takes(parse(readFileSync(file, 'utf8')));
      expect({ file, errors: takes.errors }).toEqual({ file, errors: null });
    }
  });

  it.each([
    ['an unknown key', { mesage: 'x' }],
    ['a prefix that is no list', { prefixes: '/api' }],
    ['an outcome', { states: { DONE: { outcome: 'ready' } } }],
    ['a form of ids', { report: { operation: 'a', job: 'b', ids: 'numbers' } }],
  ])('bindings marks %s', (_, change) => {
    const takes = ajv.compile(JSON.parse(files['spec/binding.schema.json'] ?? ''));
    const binding = parse(readFileSync('spec/compositions/binding.yaml', 'utf8'));
    expect(takes(binding)).toBe(true);
    expect(takes({ ...binding, ...change })).toBe(false);
  });
});

describe('the schema of profiles', () => {
  const takes = ajv.compile(JSON.parse(files['scenarios/profile.schema.json'] ?? ''));
  const profile = parse(readFileSync('profiles/polling-2026.1/profile.yaml', 'utf8'));

  it.each([
    ['an unknown key', { suites: ['polling-full'] }],
    ['a date that is none', { date: 'soon' }],
    ['a hash that is none', { hash: 'sha256:1' }],
    ['no scenario', { scenarios: [] }],
    ['a rule that there is not', { rules: { 'eta-respectd': 'on' } }],
    ['a rule that counts, with a time', { rules: { 'survives-a-blip': '1s' } }],
    ['off, which is said by saying nothing', { rules: { spacing: 'off' } }],
  ])('marks %s', (_, change) => {
    expect(takes({ ...profile, ...change })).toBe(false);
  });
});

describe('the reference of the files', () => {
  it('has a row for each key, with its meaning', () => {
    const page = files['docs/reference/file-formats.md'] ?? '';
    for (const key of [
      'scenario',
      'retry_after',
      'at_most',
      'pace',
      'prefixes',
      'outcome',
      'ids',
    ]) {
      expect(page).toMatch(new RegExp(`^\\| \`${key}\`\\*? \\| \\S.* \\| \\S.* \\|$`, 'm'));
    }
  });
});
