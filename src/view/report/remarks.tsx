import { remarksOf } from '../../report/describe.js';
import type { Chapter } from '../../report/report.js';
import { clip } from '../printable.js';
import { Prose } from '../prose.js';
import { useText } from '../text.js';
import { Badge } from './outcome.js';

/** What stands beside the rules and must not be overlooked. */
export function Remarks({ chapter }: { chapter: Chapter }) {
  const t = useText();
  return (
    <>
      {remarksOf(chapter).map((text) => (
        <Remark key={text} text={t(text)} />
      ))}
    </>
  );
}

export function Remark({ text }: { text: string }) {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return (
    <p class="alert">
      <Badge come="warning" spoken="remark:" />{' '}
      <span>
        <Prose text={clip(sentence)} />
        {!/[.?!]$/.test(sentence) && '.'}
      </span>
    </p>
  );
}
