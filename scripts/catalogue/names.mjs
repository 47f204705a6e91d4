// Names of scenarios and rules, for the tests of five languages: what clients/ has beside each fixture.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cli, list, root } from './sources.mjs';

const WRITTEN = 'Written by scripts/catalogue.mjs: what comes with the sandbox, of all its APIs.';
const OF = { Scenario: 'A scenario', Rule: 'A rule of the auditor' };

/** Scenarios of all packs, each name once, then the rules. */
function catalogue() {
  const packs = readdirSync(join(root, 'spec')).filter((name) =>
    existsSync(join(root, 'scenarios', name)),
  );
  const all = packs.flatMap((pack) => JSON.parse(cli('scenarios', '--pack', pack, '--json')));
  const scenarios = new Map(all.toReversed().map(({ name, title }) => [name, title]));
  return { Scenario: sorted([...scenarios]), Rule: list('rules').map((r) => [r.name, r.title]) };
}

const sorted = (entries) => entries.sort(([a], [b]) => (a < b ? -1 : 1));
const constant = (name) => name.toUpperCase().replaceAll('-', '_');
const pascal = (name) => name.replace(/(?:^|-)([a-z\d])/g, (_, first) => first.toUpperCase());
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function php(names) {
  const types = Object.entries(names).flatMap(([type, entries]) => [
    '',
    `/** ${OF[type]}. */`,
    `enum ${type}: string`,
    '{',
    ...entries.flatMap(([name, title]) => [
      `    /** ${title} */`,
      `    case ${pascal(name)} = '${name}';`,
    ]),
    '}',
  ]);
  return [
    '<?php',
    '',
    `// ${WRITTEN}`,
    '',
    'declare(strict_types=1);',
    '',
    'namespace EsozSandbox;',
    ...types,
  ];
}

function python(names) {
  const types = Object.entries(names).flatMap(([type, entries]) => [
    '',
    '',
    `class ${type}(str, enum.Enum, metaclass=_Names):`,
    `    """${OF[type]}."""`,
    '',
    ...entries.flatMap(([name, title]) => [`    #: ${title}`, `    ${constant(name)} = '${name}'`]),
  ]);
  return [
    `"""${WRITTEN}"""`,
    'import difflib',
    'import enum',
    '',
    '',
    'class _Names(enum.EnumMeta):',
    '    def __getattr__(cls, name):',
    "        members = cls.__dict__.get('_member_map_', {})",
    '        if name in members:',
    '            return members[name]',
    "        near = [] if name.startswith('_') else difflib.get_close_matches(name, members, 1)",
    "        hint = f'; did you mean {near[0]}?' if near else ''",
    "        raise AttributeError(f'{cls.__name__} has no {name}{hint}')",
    ...types,
  ];
}

/** One enum a file. */
function java(type, entries) {
  const constants = entries.flatMap(([name, title]) => [
    `    /** ${escaped(title)} */`,
    `    ${constant(name)}("${name}"),`,
  ]);
  return [
    'package esoz;',
    '',
    `/** ${OF[type]}. ${WRITTEN} */`,
    `public enum ${type} {`,
    ...constants.with(-1, constants.at(-1).replace(/,$/, ';')),
    '',
    '    private final String name;',
    '',
    `    ${type}(String name) {`,
    '        this.name = name;',
    '    }',
    '',
    '    /** As the sandbox calls it. */',
    '    @Override',
    '    public String toString() {',
    '        return name;',
    '    }',
    '}',
  ];
}

/** Constants of text, which attributes such as xUnit's InlineData take. */
function csharp(names) {
  const types = Object.entries(names).map(([type, entries]) => [
    `    /// <summary>${OF[type]}, as the sandbox calls it.</summary>`,
    `    public static class ${type}`,
    '    {',
    ...entries.flatMap(([name, title]) => [
      `        /// <summary>${escaped(title)}</summary>`,
      `        public const string ${pascal(name)} = "${name}";`,
    ]),
    '    }',
  ]);
  const [first, second] = types;
  return [`// ${WRITTEN}`, 'namespace Esoz', '{', ...first, '', ...second, '}'];
}

function typescript(names) {
  const types = Object.entries(names).flatMap(([type, entries]) => [
    '',
    `/** ${OF[type]}. */`,
    `export type ${type}Name =`,
    ...entries.map(([name], i) => `  | '${name}'${i === entries.length - 1 ? ';' : ''}`),
  ]);
  return [`// ${WRITTEN}`, ...types];
}

/** Each file of names, and its lines. */
export function nameFiles() {
  const names = catalogue();
  return [
    ['clients/php/EsozNames.php', php(names)],
    ['clients/python/esoz_names.py', python(names)],
    ['clients/java/esoz/Scenario.java', java('Scenario', names.Scenario)],
    ['clients/java/esoz/Rule.java', java('Rule', names.Rule)],
    ['clients/csharp/EsozNames.cs', csharp(names)],
    ['clients/javascript/esoz-names.d.mts', typescript(names)],
  ];
}
