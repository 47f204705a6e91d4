import { describe, expect, it } from 'vitest';
import { pageOfRule } from '../../src/audit/rule-page.js';
import { EVERY_RULE } from '../../src/audit/rules/index.js';
import { FORMS, type Form, writerOf } from '../../src/report/forms.js';
import { fromJsonVerdict } from '../../src/report/json-verdict.js';
import { play, ruleOf } from '../audit/play.js';
import { anchors } from './pages.js';

describe('a finding', () => {
  it.each(Object.keys(FORMS) as Form[])('leads to the place of its rule, as %s', async (form) => {
    const played = await play('done-after-eta', { eta: 'none' });
    const verdict = fromJsonVerdict(played.verdict);
    const report = (await writerOf(form))({ title: 'a run', chapters: [{ name: 'a', verdict }] });
    expect(report).toContain('docs/rules.md#eta-respected');
    expect(ruleOf(verdict, 'eta-respected').help).toBe('docs/rules.md#eta-respected');
  });

  it('of any rule has a place in that page', () => {
    const known = anchors('docs/rules.md');
    for (const { name } of EVERY_RULE) {
      expect(pageOfRule(name)).toBe(`docs/rules.md#${name}`);
      expect(known).toContain(name);
    }
  });
});
