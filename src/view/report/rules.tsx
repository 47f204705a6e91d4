import { formatCount } from '../../audit/format.js';
import type { RuleOutcome, RuleVerdict } from '../../audit/verdict.js';
import { say } from '../../say.js';
import { inContext } from '../../texts/spoken.js';
import { type Say, useText } from '../text.js';
import { Badge, cameTo } from './outcome.js';
import type { Places } from './places.js';
import { findingId } from './tell.js';

interface RulesProps {
  rules: readonly RuleVerdict[];
  places: Places;
  open: boolean;
}

/** Every rule with its outcome, what that rests on, and where the rule comes from. */
export function Rules({ rules, places, open }: RulesProps) {
  const t = useText();
  const { id } = places;
  return (
    <section aria-labelledby={`${id}-rules`}>
      <h3 id={`${id}-rules`}>{t('Rules')}</h3>
      <details class="rules" open={open}>
        <summary>{tally(rules, t)}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard */}
        {/* biome-ignore lint/a11y/useSemanticElements: a section would be one more of the page */}
        <div class="scroll" role="region" aria-labelledby={`${id}-rules`} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('Outcome')}</th>
                <th scope="col">{t('Rule')}</th>
                <th scope="col">{t('Put to the test')}</th>
                <th scope="col">{t('Source')}</th>
              </tr>
            </thead>
            <tbody>
              {rules.map((rule) => (
                <Row key={rule.rule} verdict={rule} places={places} />
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

function Row({ verdict, places }: { verdict: RuleVerdict; places: Places }) {
  const t = useText();
  const { rule, title, outcome } = verdict;
  const number = places.numberOf(rule);
  const come = cameTo(verdict);
  const name = <code>{rule}</code>;
  return (
    <tr>
      <td>
        <Badge come={come} spoken="" /> {inContext('rule', come === 'untested' ? outcome : come)}
      </td>
      <th scope="row">
        {number === undefined ? name : <a href={`#${findingId(places.id, number)}`}>{name}</a>}
        <span class="statement">{t(title)}</span>
      </th>
      <td>{tellTests(verdict, t)}</td>
      <td>
        <Sources sources={verdict.sources} />
      </td>
    </tr>
  );
}

function Sources({ sources }: Pick<RuleVerdict, 'sources'>) {
  const t = useText();
  return (
    <ul class="sources">
      {sources.map(({ text, url }) => (
        <li key={text}>
          {isWeb(url) ? (
            <a href={url} rel="noreferrer">
              {t(text)}
            </a>
          ) : (
            t(text)
          )}
        </li>
      ))}
    </ul>
  );
}

function tellTests({ outcome, tested, reason }: RuleVerdict, t: Say): string {
  if (outcome === 'off') return t('switched off');
  return t(outcome === 'not exercised' ? (reason ?? say`never`) : formatCount(tested, 'time'));
}

/** Nothing else is made a link. */
function isWeb(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//.test(url);
}

const ORDER: readonly RuleOutcome[] = ['failed', 'passed', 'not exercised', 'off'];

/** `21 rules: 3 failed, 10 passed, 8 not exercised`. */
function tally(all: readonly RuleVerdict[], t: Say): string {
  const parts = ORDER.map((wanted) => {
    const number = all.filter(({ outcome }) => outcome === wanted).length;
    return number > 0 ? `${number} ${inContext('rule', wanted)}` : '';
  });
  return `${t(formatCount(all.length, 'rule'))}: ${parts.filter(Boolean).join(', ')}`;
}
