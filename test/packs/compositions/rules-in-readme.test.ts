import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  OF_CANCELLATION,
  OF_CREATION,
  OF_SIGNING,
  OF_THE_BODY,
} from '../../../src/packs/compositions/rules/index.js';
import { SETTINGS } from '../../../src/packs/compositions/settings.js';
import { VALIDATION } from '../../../src/packs/compositions/validation-table.js';

const PAGE = readFileSync('docs/reference/business-rules.md', 'utf8');

function rows(heading: string): string[] {
  const [, table = ''] = PAGE.split(`| ${heading} |`);
  return table.split('\n\n', 1)[0]?.split('\n').slice(2) ?? [];
}

describe('the page of the business rules', () => {
  it('lists every business rule with its code, and no other', () => {
    const all = [...OF_THE_BODY, ...OF_CREATION, ...OF_SIGNING, ...OF_CANCELLATION];
    const listed = rows('business rule').map((row) => row.replace(/ \| [^|]+ \|$/, ''));
    expect(listed).toEqual(
      all.map(({ name, code, title }) => `| \`${name}\` |${code ? ` ${code}` : ''} | ${title}`),
    );
    for (const { source } of all) expect(source).not.toBe('');
  });

  it('says of each code what the binding says, and names rules that have it', async () => {
    const text = readFileSync('spec/compositions/binding.yaml', 'utf8');
    const { errors } = parse(text) as { errors: Record<string, { name?: string }> };
    const all = [...OF_THE_BODY, ...OF_CREATION, ...OF_SIGNING, ...OF_CANCELLATION];
    for (const { code, name, message, rule } of VALIDATION) {
      const number = Number(code);
      expect(errors[code]).toEqual({ ...(name ? { name } : {}), message, details: { number } });
      if (rule) expect(all.find((one) => one.name === rule)?.code.split(', ')).toContain(code);
    }
    const coded = all.flatMap(({ code }) => code.split(', ')).filter((code) => code !== '');
    const known = VALIDATION.map(({ code }) => code);
    expect(coded.filter((code) => !known.includes(code))).toEqual([]);
    expect(Object.keys(errors).filter((code) => /^\d/.test(code) && !known.includes(code))).toEqual(
      [],
    );
  });

  it('lists every setting with its default, and no other', () => {
    const listed = rows('setting').map((row) => row.split(' | ').slice(0, 2).join(' | '));
    expect(listed).toEqual(
      SETTINGS.map(({ name, default: usual }) => {
        const shown = String(usual) === '' ? '' : `\`${String(usual)}\``;
        return `| \`${name}\` | ${shown}`;
      }),
    );
  });
});
