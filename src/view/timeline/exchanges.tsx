import type { JobVerdict, ShownExchange } from '../../audit/verdict.js';
import { useText } from '../text.js';
import { exchangeId, type Ground, timelineId } from './ground.js';

/** Requests and answers of a time line's marks; each is to be seen while its mark was the last one chosen. */
export function Exchanges(props: { job: JobVerdict; number: number; ground: Ground }) {
  const { job, number, ground } = props;
  const t = useText();
  const back = timelineId(ground.id, number);
  return (
    <>
      {[job.submission, ...job.polls].map(
        (mark) =>
          mark.exchange && (
            <div key={mark.seq} class="chosen" id={exchangeId(ground.id, mark)}>
              <p class="about">
                <b>#{mark.seq}</b> {t('as it was sent and answered')} ·{' '}
                <a href={`#${back}`}>{t('close')}</a>
              </p>
              <Pair exchange={mark.exchange} />
            </div>
          ),
      )}
    </>
  );
}

/** A request and its answer side by side. */
export function Pair({ exchange: { request, response } }: { exchange: ShownExchange }) {
  const t = useText();
  return (
    <div class="pair">
      <Panel name={t('Request')} text={request} />
      <Panel name={t('Answer')} text={response} />
    </div>
  );
}

/** A text of several lines under its name. */
export function Panel({ name, text }: { name: string; text: string }) {
  return (
    <div class="panel">
      <p class="about">{name}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
