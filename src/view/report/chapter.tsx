import { formatCount } from '../../audit/format.js';
import { formatCounts, isRed } from '../../report/describe.js';
import type { Chapter, Report } from '../../report/report.js';
import { clip } from '../printable.js';
import { useText } from '../text.js';
import { Jobs } from '../timeline/jobs.js';
import { Command } from './command.js';
import { Findings } from './findings.js';
import { Badge, gravest } from './outcome.js';
import { type Places, placesIn } from './places.js';
import { Remarks } from './remarks.js';
import { Rules } from './rules.js';
import { Steps } from './steps.js';
import { RUNS, tellClock, tellShort } from './tell.js';

interface ChapterProps {
  chapter: Chapter;
  id: string;
  report: Report;
}

/** A chapter that is the whole report leaves to the heading what that has said, and unfolds its rules. */
export function ChapterView({ chapter, id, report }: ChapterProps) {
  const t = useText();
  const alone = report.chapters.length === 1;
  const places = placesIn(chapter, id);
  const head = (
    <h2 id={`${id}-name`}>
      <Badge come={gravest(chapter)} /> {clip(headingOf(chapter, report, t), 160)}
    </h2>
  );
  const body = <Body chapter={chapter} report={report} places={places} />;
  if (alone) {
    return (
      <section class="chapter alone" id={id} aria-labelledby={`${id}-name`}>
        <div class="chapter-head">{head}</div>
        <div class="chapter-body">{body}</div>
      </section>
    );
  }
  return (
    <section
      class="chapter"
      aria-labelledby={`${id}-name`}
      data-broken={places.broken.map(({ rule }) => rule).join(' ')}
      data-red={isRed(chapter) || places.broken.length > 0 ? 'yes' : 'no'}
      data-of={id}
    >
      <details open={isRed(chapter)}>
        <summary class="chapter-head">
          {head}
          <span class="about">{tellShort(chapter, t)}</span>
        </summary>
        <div class="chapter-body" id={id}>
          {body}
        </div>
      </details>
    </section>
  );
}

function headingOf({ name, title = '' }: Chapter, { chapters, title: all }: Report, t: Translate) {
  if (chapters.length > 1 || name !== all) return name;
  return t(title || 'What the client did');
}

type Translate = ReturnType<typeof useText>;

function Body({ chapter, report, places }: Omit<ChapterProps, 'id'> & { places: Places }) {
  const t = useText();
  const { name, title = '', verdict, command } = chapter;
  const { id } = places;
  const alone = report.chapters.length === 1;
  const clock = tellClock(verdict.clock, t);
  const isHeading = alone && name === report.title;
  return (
    <>
      {title !== '' && !isHeading && title !== name && <p class="title">{t(title)}</p>}
      <p class="about">
        {!alone &&
          `${t(formatCounts([chapter]))} · ${t(formatCount(verdict.exchanges, 'exchange'))} · ${t`clock ${clock}`} · `}
        {t(RUNS[verdict.run])}
      </p>
      {!alone && <Remarks chapter={chapter} />}
      {verdict.process && <Steps process={verdict.process} id={id} />}
      <Findings places={places} />
      <Jobs scenario={name} drawn={places.drawn} leftOut={places.leftOut} ground={places.ground} />
      <Rules rules={verdict.rules} places={places} open={alone} />
      {command && <Command end={command} id={id} />}
    </>
  );
}
