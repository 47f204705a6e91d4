import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { filesOfDocument } from '../../src/load/file-signature.js';
import { startServer } from '../../src/server/server.js';
import { send } from '../support/client.js';
import { until } from '../support/command.js';

const FIXTURE = 'test/fixtures/long-running';

const scenario = (name: string, life = '[{ state: done }]') => `scenario: ${name}\nlife: ${life}\n`;

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'watched-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** A server of an API of one's own, whose files may be changed, and what it says of them. */
async function watched(options: { scenario?: string; scenarios?: string } = {}) {
  const path = await folder();
  for (const name of ['openapi.yaml', 'binding.yaml'])
    await cp(join(FIXTURE, name), join(path, name));
  const notices: string[] = [];
  const server = await startServer(
    {
      port: 0,
      watch: true,
      spec: join(path, 'openapi.yaml'),
      binding: join(path, 'binding.yaml'),
      ...options,
    },
    { onNotice: (text) => notices.push(text) },
  );
  onTestFinished(() => server.close());
  const said = (what: RegExp) =>
    until(
      () => notices.some((text) => what.test(text)),
      () => notices.join('\n'),
    );
  const names = () => [...server.sandbox.setup.apis[0].catalogue.keys()];
  const edit = async (name: string, change: (text: string) => string) => {
    const file = join(path, name);
    await writeFile(file, change(await readFile(file, 'utf8')));
  };
  return { path, url: server.url, notices, said, names, edit };
}

const has = (names: () => string[], wanted: string[]) =>
  until(
    () => JSON.stringify(names()) === JSON.stringify(wanted),
    () => names().join(', '),
  );

describe('contract and binding are watched', () => {
  it('and a changed contract holds for the requests from then on', async () => {
    const { url, said, edit } = await watched();
    // Answered by the thread that knows the contract by itself.
    const asked = async (path: string) =>
      (await send('GET', `${url}/v1${path}/9d2cbb43-4d5c-4b3e-8a50-111111111111`)).status;
    expect([await asked('/exports'), await asked('/reports')]).toEqual([200, 404]);
    await edit('openapi.yaml', (text) => text.replaceAll('  /exports', '  /reports'));
    await said(/^contract read again: Exports .* operations$/);
    expect([await asked('/exports'), await asked('/reports')]).toEqual([404, 200]);
  });

  it('and a broken one is told with its mistake, while the former stays', async () => {
    const { url, said, notices, edit, path } = await watched();
    const before = (await send('GET', `${url}/__sandbox/health`)).json;
    await edit('openapi.yaml', (text) => `${text}\n  broken: [`);
    await said(/stay as they were until this is mended/);
    expect(notices[0]).toContain(join(path, 'openapi.yaml'));
    const after = (await send('GET', `${url}/__sandbox/health`)).json;
    expect(after.operations).toEqual(before.operations);
    await edit('openapi.yaml', (text) => text.replace('\n  broken: [', ''));
    await said(/^contract read again/);
  });

  it('and a binding that does not fit the contract is told, while the former stays', async () => {
    const { said, edit } = await watched();
    await edit('binding.yaml', (text) => text.replace(/operation: \w+/, 'operation: noSuchThing'));
    await said(/no operation "noSuchThing"/);
  });

  it('with the files that a contract refers to', async () => {
    const path = await folder();
    const file = (name: string) => join(path, name);
    await writeFile(file('a.yaml'), "x:\n  $ref: 'b.json#/X'\ny: { $ref: '#/x' }\n");
    await writeFile(file('b.json'), '{"X": {"$ref": "./deep/c.yaml"}, "Y": {"$ref": "a.yaml"}}');
    await mkdir(file('deep'));
    await writeFile(file('deep/c.yaml'), '$ref: https://example.org/d.yaml\n');
    expect((await filesOfDocument(file('a.yaml'))).sort()).toEqual(
      ['a.yaml', 'b.json', 'deep/c.yaml'].map(file),
    );
  });
});

describe('scenarios are seen', () => {
  it('when their folder is removed and made again', async () => {
    const scenarios = await folder();
    await writeFile(join(scenarios, 'one.yaml'), scenario('one'));
    const { names, said } = await watched({ scenarios });
    expect(names()).toEqual(['one']);
    await rm(scenarios, { recursive: true });
    await said(/scenario folder cannot be read \(ENOENT\)/);
    expect(names()).toEqual(['one']);
    await mkdir(scenarios);
    await writeFile(join(scenarios, 'two.yaml'), scenario('two'));
    await has(names, ['two']);
  });

  it('when Kubernetes swaps the folder behind the links of a ConfigMap', async () => {
    const scenarios = await folder();
    const at = (...parts: string[]) => join(scenarios, ...parts);
    const version = async (name: string, text: string) => {
      await mkdir(at(name));
      await writeFile(at(name, 'mine.yaml'), text);
      await symlink(name, at(`${name}-link`));
      await rename(at(`${name}-link`), at('..data'));
    };
    await version('..2026_1', scenario('mine'));
    await symlink('..data/mine.yaml', at('mine.yaml'));
    const { names, notices, said } = await watched({ scenarios });
    expect(names()).toEqual(['mine']);
    await version('..2026_2', scenario('changed'));
    await has(names, ['changed']);
    await said(/^scenarios read again: 1$/);
    expect(notices.join('\n')).not.toContain('is taken by');
  });

  it('when an editor renames a draft into their place', async () => {
    const scenarios = await folder();
    await writeFile(join(scenarios, 'mine.yaml'), scenario('mine'));
    const { names } = await watched({ scenarios });
    await symlink('nowhere@host', join(scenarios, '.#mine.yaml'));
    await writeFile(join(scenarios, 'draft~'), scenario('changed'));
    await rename(join(scenarios, 'draft~'), join(scenarios, 'mine.yaml'));
    await has(names, ['changed']);
  });

  it('when the one that is served is renamed, and that is said', async () => {
    const scenarios = await folder();
    await writeFile(join(scenarios, 'mine.yaml'), scenario('mine'));
    const { said } = await watched({ scenarios, scenario: 'mine' });
    await writeFile(join(scenarios, 'mine.yaml'), scenario('mein'));
    await said(/^scenario "mine", which new jobs live by, is in no file any more/);
  });
});
