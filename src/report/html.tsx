import { createHash } from 'node:crypto';
import { renderToString } from 'preact-render-to-string';
import { spoken, t } from '../texts/spoken.js';
import { plain } from '../view/printable.js';
import { foldAndFilter } from '../view/report/fold-and-filter.js';
import { ReportView } from '../view/report/report-view.js';
import { tellVerdict } from '../view/report/tell.js';
import { type Say, SpokenLanguage } from '../view/text.js';
import { causesTold } from './cause-lines.js';
import { STYLE } from './html/style.js';
import type { Report } from './report.js';

/** Without its indentation, which nobody reads. */
const SCRIPT = `(${foldAndFilter})(document)`.replace(/^\s+/gm, '');

/** CSP 3 §8.1: a script of a page may run whose hash its policy names. */
const HASH = createHash('sha256').update(SCRIPT).digest('base64');
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${HASH}'`;

/**
 * One page for people, complete in itself: to be opened from a disk, attached to a build, printed. Its policy allows
 * nothing but its own style sheet and the script that folds and filters it, and it can be read without that.
 */
export function htmlReport(report: Report): string {
  return `<!doctype html>\n${plain(renderToString(<Document report={report} />))}\n`;
}

function Document({ report }: { report: Report }) {
  return (
    <html lang={spoken()}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${t(report.title)}: ${tellVerdict(report, t as Say)}`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <SpokenLanguage.Provider value={t as Say}>
          <ReportView report={report} causes={causesTold(report)} />
        </SpokenLanguage.Provider>
        <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />
      </body>
    </html>
  );
}
