import type { ComponentChildren } from 'preact';
import { say } from '../../say.js';
import { inContext } from '../../texts/spoken.js';
import { useText } from '../text.js';
import { Sample } from '../timeline/symbols.js';
import { Badge, type Come } from './outcome.js';

const OUTCOMES: readonly { come: Come; term: string; text: string }[] = [
  {
    come: 'passed',
    term: 'passed',
    text: say`the client could have broken the rule, and kept it`,
  },
  {
    come: 'error',
    term: 'error',
    text: say`a rule is broken that nobody may break: the scenario has not held`,
  },
  {
    come: 'warning',
    term: 'warning',
    text: say`a rule of good manners is broken; the scenario has held nevertheless`,
  },
  { come: 'note', term: 'note', text: say`worth knowing, and no more` },
  {
    come: 'untested',
    term: 'not exercised',
    text: say`nothing happened that the rule is about, so nothing is said of it`,
  },
  { come: 'off', term: 'off', text: say`switched off by whoever ran this` },
];

const SHAPES = [
  {
    shape: 'circle',
    kind: 'k-open',
    term: say`circle`,
    text: say`a poll whose answer names a state of the job; filled when it is the end`,
  },
  {
    shape: 'diamond',
    kind: 'k-gone',
    term: say`diamond`,
    text: say`a poll answered 4xx: not found, no access, bad request, too many requests`,
  },
  {
    shape: 'square',
    kind: 'k-failure',
    term: say`square`,
    text: say`a poll answered 5xx, or with a body that cannot be read`,
  },
  {
    shape: 'cross',
    kind: 'k-lost',
    term: say`cross`,
    text: say`a poll that got no answer; a line to its right is the time spent waiting`,
  },
  {
    shape: 'flag',
    kind: 'flag',
    term: say`flag`,
    text: say`an eta that an answer told; in the tinted area before it, it is too early to ask. Faint: a later answer replaced it`,
  },
  {
    shape: 'flaw',
    kind: 'flaw',
    term: say`triangle`,
    text: say`the poll below it breaks the rule named at the left, by the number of its finding`,
  },
] as const;

/** What the marks mean. */
export function Footer() {
  const t = useText();
  return (
    <footer class="page-footer">
      <h2>{t('What the marks mean')}</h2>
      <div class="columns">
        <dl class="meanings">
          {OUTCOMES.map(({ come, term, text }) => (
            <Meaning key={term} term={inContext('rule', term)} text={t(text)}>
              <Badge come={come} spoken="" />
            </Meaning>
          ))}
        </dl>
        <dl class="meanings">
          {SHAPES.map(({ shape, kind, term, text }) => (
            <Meaning key={term} term={t(term)} text={t(text)}>
              <Sample shape={shape} kind={kind} />
            </Meaning>
          ))}
        </dl>
      </div>
      <p class="quiet">
        {t(
          'All times are those of the session’s clock, in UTC. Marks tell more when the pointer rests on them, and many lead to request and answer.',
        )}
      </p>
    </footer>
  );
}

function Meaning(props: { term: string; text: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>
        {props.children} {props.term}
      </dt>
      <dd>{props.text}</dd>
    </div>
  );
}
