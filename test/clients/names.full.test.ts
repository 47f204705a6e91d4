import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needs } from '../support/runtimes.js';
import { clients, compileCsharp, compileJava, root, run, temporary } from './fixture-runs.js';

const folder = temporary();

/** What a compiler says of a file with these lines. */
function saidOf(name: string, lines: readonly string[], compile: (file: string) => void): string {
  const file = join(folder, name);
  writeFileSync(file, lines.join('\n'));
  try {
    compile(file);
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
    return `${stdout}${stderr}`;
  }
  return '';
}

describe('a name of the catalogue in TypeScript', () => {
  const said = (...lines: string[]) =>
    saidOf(
      'names.mts',
      [
        "import { type ScenarioName, Sandbox } from './esoz-sandbox.mjs';",
        'const esoz = await (await Sandbox.start()).session();',
        ...lines,
      ],
      (file) => {
        for (const name of ['esoz-sandbox.d.mts', 'esoz-names.d.mts'])
          copyFileSync(join(clients, 'javascript', name), join(folder, name));
        const compiler = join(root, 'node_modules/typescript/bin/tsc');
        const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];
        run(folder, process.execPath, compiler, ...options, file);
      },
    );

  it('is taken, and so is that of a scenario of one’s own', () => {
    const taken = said(
      "const known: ScenarioName = 'failed-error-list';",
      'await esoz.next(known, 2);',
      "await esoz.choose('a-scenario-of-my-own');",
      "await esoz.assertFollowed('eta-respected');",
    );
    expect(taken).toBe('');
  });

  it('is refused where it is misspelt, with the nearest', () => {
    const scenario = said("export const wrong: ScenarioName = 'failed-error-lisp';");
    expect(scenario).toContain(`Did you mean '"failed-error-list"'?`);
    const rule = said("await esoz.assertFollowed('eta-respectet');");
    expect(rule).toContain(`'"eta-respectet"' is not assignable`);
  });
});

describe('a name of the catalogue in Java', () => {
  needs('junit');

  it('is refused by the compiler where it is misspelt, or of another kind', () => {
    const said = (name: string) =>
      saidOf('Names.java', [`class Names { Object name = esoz.${name}; }`], (file) =>
        compileJava(folder, file),
      );
    expect(said('Rule.ETA_RESPECTED')).toBe('');
    expect(said('Rule.ETA_RESPECTET')).toContain('cannot find symbol');
    expect(said('Scenario.ETA_RESPECTED')).toContain('cannot find symbol');
  });
});

describe('a name of the catalogue in C#', () => {
  needs('csharp');

  it('is refused by the compiler where it is misspelt', () => {
    const said = (name: string) =>
      saidOf('Names.cs', [`class Names { string Name = Esoz.${name}; }`], (file) =>
        compileCsharp(['-target:library', `-out:${join(folder, 'names.dll')}`], file),
      );
    expect(said('Rule.EtaRespected')).toBe('');
    expect(said('Rule.EtaRespectet')).toContain('EtaRespectet');
  });
});
