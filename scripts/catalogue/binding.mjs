// docs/binding.md: public APIs as examples, each with the binding that its own SDK is played against, and every key.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SDKS } from '../../test/sdks/demanded.mjs';
import { root, table } from './sources.mjs';

const read = (file) => readFileSync(join(root, file), 'utf8');

export function bindingPage() {
  return [
    '# Bindings by example',
    '',
    '<!-- written by scripts/catalogue.mjs from test/sdks and src/formats -->',
    '',
    'A binding is all that an API needs: suites, scenarios and a demo follow from it. Each of these plays the part of a',
    'public API that starts and reports jobs, and its own client polls it, unchanged, at true times:',
    '`npx vitest run --project full test/sdks`. What the verdict must be was written down from the source of each client',
    'before it was run. [The binding file](reference/binding.md) explains the keys; [all of them](#every-key) are below.',
    '',
    ...table(['client', 'how it polls', 'must be found in polling-basics', 'why'], SDKS.map(row)),
    ...SDKS.flatMap(example),
    '',
    '## Every key',
    '',
    ...keys(),
  ];
}

const cell = (text) => text.replaceAll('|', '\\|');

function row({ name, what, plays: [{ finds, why }] }) {
  return [name, what, finds.flat().join(', ') || 'no finding', why].map(cell);
}

/** Two clients of one API have one binding. */
function example({ name, pack, shows }, i) {
  const heading = ['', `## ${name}`, '', shows];
  if (SDKS.findIndex((one) => one.pack === pack) < i) return heading;
  const text = read(`${pack}/binding.yaml`).trimEnd();
  return [...heading, '', '```yaml', ...text.split('\n'), '```'];
}

/** As the reference of all files has them, which is written from the declaration; a level further down. */
function keys() {
  const [, section = ''] = read('docs/reference/file-formats.md').split('\n## A binding\n');
  return section.trim().split('\n');
}
