import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  OF_CANCELLATION,
  OF_CREATION,
  OF_SIGNING,
  OF_THE_BODY,
} from '../../../src/packs/compositions/rules/index.js';
import { SETTINGS } from '../../../src/packs/compositions/settings.js';

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

  it('lists every setting with its default, and no other', () => {
    const listed = rows('setting').map((row) => row.split(' | ').slice(0, 2).join(' | '));
    expect(listed).toEqual(
      SETTINGS.map(({ name, default: usual }) => `| \`${name}\` | \`${String(usual)}\``),
    );
  });
});
