import { useState } from 'preact/hooks';
import { Panel } from '../../view/timeline/exchanges.js';
import { t } from '../text.js';

type Pieces = Readonly<Record<string, { wrong: string; right: string }>>;

let asked: Promise<Pieces> | undefined;

/** Wrong and right code of a rule, loaded when somebody wants to see it. */
export function RuleCode({ rule }: { rule: string }) {
  const [pieces, setPieces] = useState<Pieces | undefined>();
  const load = () => {
    asked ??= import('../../view/report/snippets.json').then((module) => module.default as Pieces);
    void asked.then(setPieces);
  };
  const piece = pieces?.[rule];
  return (
    <details class="rule-code" onToggle={load}>
      <summary>{t('Wrong and right code')}</summary>
      <p class="quiet">
        {t('The rule is')} <code>{rule}</code>
      </p>
      {piece && (
        <>
          <Panel name={t('Wrong')} text={piece.wrong} />
          <Panel name={t('Right')} text={piece.right} />
        </>
      )}
    </details>
  );
}
