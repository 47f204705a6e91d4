import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { getLanguageService, type LanguageService } from 'yaml-language-server';
import { FAULT_NAMES } from '../../src/faults/index.js';

/** What most editors run for YAML, with our schema. */
let service: LanguageService;
let version = 0;

beforeAll(() => {
  service = getLanguageService({
    schemaRequestService: async (uri) => readFileSync(new URL(uri), 'utf8'),
    workspaceContext: { resolveRelativePath: (path) => path },
  } as Parameters<typeof getLanguageService>[0]);
  const uri = pathToFileURL('scenarios/compositions/scenario.schema.json').href;
  const profiles = pathToFileURL('scenarios/profile.schema.json').href;
  service.configure({
    validate: true,
    hover: true,
    completion: true,
    schemas: [
      { uri, fileMatch: ['own.yaml'] },
      { uri: profiles, fileMatch: ['profile.yaml'] },
    ],
  });
});

function open(text: string): TextDocument {
  version += 1;
  const name = text.startsWith('profile:') ? 'profile' : 'own';
  return TextDocument.create(`file:///${name}.yaml`, 'yaml', version, text);
}

/** `line:column message` of each mark. */
async function marks(text: string): Promise<string[]> {
  const found = await service.doValidation(open(text), false);
  return found.map(({ range, message }) => {
    const { line, character } = range.start;
    return `${line + 1}:${character + 1} ${message}`;
  });
}

/** What is shown at the `|` of a text. */
async function hover(text: string): Promise<string> {
  const document = open(text.replace('|', ''));
  const shown = await service.doHover(document, document.positionAt(text.indexOf('|')));
  return JSON.stringify(shown?.contents ?? '');
}

/** What is offered at the `|` of a text, each with its own text. */
async function offers(text: string): Promise<Map<string, string>> {
  const document = open(text.replace('|', ''));
  const at = document.positionAt(text.indexOf('|'));
  const { items } = await service.doComplete(document, at, false);
  return new Map(items.map(({ label, documentation }) => [label, String(documentation ?? '')]));
}

describe('an editor', () => {
  it('marks nothing in a good scenario', async () => {
    const text = 'scenario: own\nlife:\n  - state: PENDING\n    for: 3s\n  - state: DONE\n';
    expect(await marks(text)).toEqual([]);
  });

  it.each([
    ['a wrong state', 'life:\n  - state: DONEE\n', /^3:12 Unknown state/],
    [
      'a rule that there is not',
      'tolerances: { eta-respectd: 1s }\nrefuse: { http: 503 }\n',
      /^2:15 /,
    ],
    [
      'an error code',
      'life:\n  - state: FAILED\n    error: { code: 1173 }\n',
      /^4:20 Unknown code/,
    ],
    ['a key beside a fault', 'life:\n  - answer: { fault: hang, http: 200 }\n', /^3:28 /],
    [
      'a step without a length',
      `life:\n${'  - { state: PENDING }\n'.repeat(2)}`,
      /^3:5 Another step/,
    ],
    [
      'a length of the last step',
      'life:\n  - { state: DONE, for: 1s }\n',
      /Nothing follows|lasts for ever/,
    ],
  ])('marks %s, at its place', async (_, text, mark) => {
    const found = await marks(`scenario: own\n${text}`);
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(mark)]));
  });

  it('completes the rules below tolerances, each with what it asks for', async () => {
    const found = await offers('scenario: own\nlife:\n  - state: DONE\ntolerances:\n  |\n');
    expect(found.get('eta-respected')).toBe('No poll comes before the newest eta');
    expect(found.size).toBeGreaterThan(15);
  });

  it.each([
    ['state', 'life:\n  - state: |\n', ['PENDING', 'DONE', 'FAILED']],
    ['fault', 'life:\n  - answer:\n      fault: |\n', FAULT_NAMES],
    ['error code', 'life:\n  - state: FAILED\n    error:\n      code: |\n', ['1172', '1000']],
    ['operation', 'operations:\n  - |\n', ['createComposition', 'signComposition']],
    ['shape', 'life:\n  - state: DONE\n    shape: |\n', ['relative', 'no-links']],
  ])('completes each %s with a text', async (_, text, names) => {
    const found = await offers(`scenario: own\n${text}`);
    for (const name of names) expect(found.get(name)).toMatch(/\w/);
  });

  it.each([
    ['a key', 'life:\n  - st|ate: DONE\n', 'The state that the client is told'],
    ['a key of an answer', 'life:\n  - answer: { retry_af|ter: 2s }\n', 'Retry-After'],
    ['a rule', 'tolerances:\n  eta-resp|ected: 1s\n', 'newest eta'],
    [
      'an error code',
      'life:\n  - state: FAILED\n    error: { code: 11|72 }\n',
      'Treatment violation',
    ],
    ['a fault', 'life:\n  - answer: { fault: re|set }\n', 'connection reset'],
  ])('tells what %s means', async (_, text, says) => {
    expect(await hover(`scenario: own\n${text}`)).toContain(says);
  });
});

describe('an editor of a profile', () => {
  const profile = readFileSync('profiles/polling-2026.1/profile.yaml', 'utf8').replace(
    /^#.*\n/,
    '',
  );

  it('marks nothing in one that comes with the package', async () => {
    expect(await marks(profile)).toEqual([]);
  });

  it('marks a rule that there is not, at its place', async () => {
    const found = await marks(profile.replace('eta-respected:', 'eta-respectd:'));
    expect(found).toEqual([expect.stringMatching(/^\d+:3 .*eta-respectd/)]);
  });

  it('completes rules, each with what it asks for', async () => {
    const found = await offers('profile: ours-2026.1\nrules:\n  |\n');
    expect(found.get('eta-respected')).toBe('No poll comes before the newest eta');
  });
});
