import { formatClockTime } from '../../audit/format.js';
import type { Proof } from '../../audit/verdict.js';
import { tellProof } from '../../report/describe.js';
import { formatMoment } from '../../time/format-moment.js';
import { clip } from '../printable.js';
import { useText } from '../text.js';
import { type Origin, since } from '../timeline/describe-mark.js';

/** An exchange that shows what is said. @param origin undefined: it stands in no relation to a job */
export function ProofLine(props: { proof: Proof; origin?: Origin | undefined }) {
  const t = useText();
  const { seq, at, text } = props.proof;
  return (
    <li>
      <span class="seq">#{seq}</span> <time dateTime={formatMoment(at)}>{formatClockTime(at)}</time>{' '}
      {'origin' in props && (
        <>
          <span class="since">{props.origin && t(since(props.origin, at))}</span>{' '}
        </>
      )}
      <span class="text">{clip(tellProof({ text }))}</span>
    </li>
  );
}
