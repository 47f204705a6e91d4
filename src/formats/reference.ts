import * as z from 'zod';
import { BaselineFile } from './baseline/baseline-file.js';
import { BindingFile } from './binding/binding-file.js';
import { wordsOf } from './declare.js';
import { ProfileFile } from './profile/profile-file.js';
import { ScenarioFile } from './scenario/scenario-file.js';
import { SuiteFile } from './suite/suite-file.js';
import { TeamsFile } from './teams/teams-file.js';

/** The reference of all formats, in Markdown: each key of each mapping, from the declarations. */
export function referencePage(): string {
  const formats: [string, z.ZodType][] = [
    ['A scenario', ScenarioFile],
    ['A suite', SuiteFile],
    ['A binding', BindingFile],
    ['A baseline', BaselineFile],
    ['A profile', ProfileFile],
    ['Teams', TeamsFile],
  ];
  return [
    '# The files, key by key',
    '',
    '<!-- written by scripts/formats.mjs from src/formats -->',
    '',
    'A key that is not listed here is a mistake, in all of these files. `esoz-sandbox lint` names it, with line, column',
    'and the nearest key that there is. Keys that must be there are marked with *.',
    ...formats.flatMap(([title, format]) => [
      '',
      `## ${title}`,
      '',
      firstParagraph(format),
      ...mappingsIn(format, '').flatMap(({ path, mapping }) => [
        '',
        ...(path === '' ? [] : [`### \`${path}\``, '', firstParagraph(mapping), '']),
        '| key | value | meaning |',
        '| --- | --- | --- |',
        ...rowsOf(mapping),
      ]),
    ]),
    '',
  ].join('\n');
}

interface Mapping {
  path: string;
  mapping: z.ZodObject;
}

/** Each mapping of a format once, where it stands first; one whose keys are all of another one's is that. */
function mappingsIn(
  part: z.ZodType,
  path: string,
  seen = new Set<unknown>(),
  around: Readonly<Record<string, z.ZodType>> = {},
): Mapping[] {
  const inner = unwrap(part);
  if (inner instanceof z.ZodArray) {
    return mappingsIn(inner.element as z.ZodType, `${path}[]`, seen, around);
  }
  if (inner instanceof z.ZodRecord) {
    return mappingsIn(inner.valueType as z.ZodType, `${path}.NAME`, seen, around);
  }
  if (inner instanceof z.ZodUnion) {
    const options = inner.options as z.ZodType[];
    return options.flatMap((option) => mappingsIn(option, path, seen, around));
  }
  if (!(inner instanceof z.ZodObject)) return [];
  const shape = inner.shape as Record<string, z.ZodType>;
  const keys = Object.keys(shape).join();
  const again = Object.entries(shape).every(([key, value]) => around[key] === value);
  if (seen.has(keys) || again) return [];
  seen.add(keys);
  const below = Object.entries(shape).flatMap(([key, value]) =>
    mappingsIn(value, path === '' ? key : `${path}.${key}`, seen, shape),
  );
  return [{ path, mapping: inner }, ...below];
}

function unwrap(part: z.ZodType): z.ZodType {
  const wrapped = part instanceof z.ZodOptional || part instanceof z.ZodNullable;
  return wrapped ? unwrap(part.unwrap() as z.ZodType) : part;
}

function rowsOf({ shape }: z.ZodObject): string[] {
  return Object.entries(shape as Record<string, z.ZodType>).map(([key, part]) => {
    const needed = part instanceof z.ZodOptional ? '' : '*';
    const inner = unwrap(part);
    const { must = '', form, hint } = wordsOf.get(inner) ?? {};
    const names = inner instanceof z.ZodEnum ? inner.options.map((name) => `\`${name}\``) : [];
    const range = inner instanceof z.ZodNumber && hint ? ` ${hint}` : '';
    const value = names.length > 0 ? names.join(', ') : `${form ?? must}${range}`;
    return `| \`${key}\`${needed} | ${cell(value)} | ${cell(firstParagraph(inner))} |`;
  });
}

function firstParagraph(part: z.ZodType): string {
  return (part.description ?? '').split('\n\n', 1)[0] ?? '';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
