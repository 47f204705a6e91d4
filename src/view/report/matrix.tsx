import type { RuleVerdict } from '../../audit/verdict.js';
import { worstOf } from '../../report/describe.js';
import type { Chapter } from '../../report/report.js';
import { inContext } from '../../texts/spoken.js';
import { useText } from '../text.js';
import { ChapterLink } from './chapter-link.js';
import { Badge, gravest, OutcomeMark, SPOKEN } from './outcome.js';
import { placesIn } from './places.js';
import { chapterId, findingId } from './tell.js';

/** Scenarios go down, rules across: each cell says what one has come to in the other. */
export function Matrix({ chapters }: { chapters: readonly Chapter[] }) {
  const t = useText();
  const rules = new Map(inOrder(chapters).map(({ rule, title }) => [rule, title]));
  const names = [...rules.keys()];
  return (
    <section aria-labelledby="matrix">
      <h2 id="matrix">{t('Scenarios and rules')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a section would be one more of the page */}
      <div class="scroll wide" role="region" aria-labelledby="matrix" tabIndex={0}>
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col" class="corner">
                {t('Scenario')}
              </th>
              {[...rules].map(([rule, title]) => (
                <th key={rule} scope="col" title={t(title)}>
                  <span class="upright">{rule}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chapters.map((chapter, i) => (
              <Row key={chapterId(i)} chapter={chapter} index={i} rules={names} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('Broken in')}</th>
              {names.map((rule) => (
                <td key={rule}>{brokenIn(chapters, rule) || ''}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <p class="key">
        {(['passed', 'error', 'warning', 'note', 'untested', 'off'] as const).map((come) => (
          <span key={come}>
            <Badge come={come} spoken="" />{' '}
            {come === SPOKEN[come] ? inContext('rule', come) : t(SPOKEN[come])}
          </span>
        ))}
      </p>
    </section>
  );
}

function brokenIn(chapters: readonly Chapter[], rule: string): number {
  return chapters.filter(({ verdict }) => find(verdict.rules, rule)?.outcome === 'failed').length;
}

/** Rules that are broken come first, those of most scenarios before others. */
function inOrder(chapters: readonly Chapter[]): RuleVerdict[] {
  const all = chapters.flatMap(({ verdict }) => verdict.rules);
  const weights = new Map<string, number>();
  for (const rule of all) {
    const weight = rule.outcome === 'failed' ? WEIGHTS[worstOf(rule)] : 0;
    weights.set(rule.rule, (weights.get(rule.rule) ?? 0) + weight);
  }
  const weightOf = ({ rule }: RuleVerdict) => weights.get(rule) ?? 0;
  return all.toSorted((a, b) => weightOf(b) - weightOf(a));
}

/** One error counts for more than warnings of every scenario that a person would look at. */
const WEIGHTS = { error: 1_000_000, warning: 1000, note: 1 } as const;

interface RowProps {
  chapter: Chapter;
  index: number;
  rules: readonly string[];
}

function Row({ chapter, index, rules }: RowProps) {
  const t = useText();
  const id = chapterId(index);
  const places = placesIn(chapter, id);
  return (
    <tr data-of={id}>
      <th scope="row">
        <div class="scenario">
          <Badge come={gravest(chapter)} /> <ChapterLink index={index} name={chapter.name} />
          {chapter.notPlayed !== undefined && <span class="about"> {t('not played')}</span>}
        </div>
      </th>
      {rules.map((name) => (
        <Cell
          key={name}
          rule={find(chapter.verdict.rules, name)}
          id={id}
          number={places.numberOf(name)}
        />
      ))}
    </tr>
  );
}

function Cell(props: { rule: RuleVerdict | undefined; id: string; number: number | undefined }) {
  const { rule, id, number } = props;
  if (!rule) return <td />;
  if (number === undefined) {
    return (
      <td>
        <OutcomeMark rule={rule} />
      </td>
    );
  }
  return (
    <td class="broken">
      <a data-rule={rule.rule} href={`#${findingId(id, number)}`}>
        <OutcomeMark rule={rule} />
      </a>
    </td>
  );
}

function find(rules: readonly RuleVerdict[], name: string): RuleVerdict | undefined {
  return rules.find(({ rule }) => rule === name);
}
