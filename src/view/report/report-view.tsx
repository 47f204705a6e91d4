import type { Cause } from '../../audit/cause.js';
import type { Report } from '../../report/report.js';
import { Symbols } from '../timeline/symbols.js';
import { Causes } from './causes.js';
import { ChapterView } from './chapter.js';
import { Footer } from './footer.js';
import { Header } from './header.js';
import { Matrix } from './matrix.js';
import { chapterId } from './tell.js';
import { Tools } from './tools.js';

interface Props {
  report: Report;
  /** What there is to change, the gravest first. */
  causes: readonly Cause[];
  /** What holds the report apart from its heading: `main`, unless the page has one already. */
  body?: 'main' | 'div';
}

/** A whole report: the same in the page and in a file of its own. */
export function ReportView({ report, causes, body: Body = 'main' }: Props) {
  const { chapters } = report;
  return (
    <>
      <Symbols />
      <div class="page report">
        <Header report={report} />
        {chapters.length > 0 && <Tools report={report} />}
        <Body class="report-body">
          <Causes causes={causes} report={report} />
          {chapters.length > 1 && <Matrix chapters={chapters} />}
          {chapters.map((chapter, i) => (
            <ChapterView key={chapterId(i)} chapter={chapter} id={chapterId(i)} report={report} />
          ))}
        </Body>
        <Footer />
      </div>
    </>
  );
}
