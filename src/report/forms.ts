import { htmlReport } from './html.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import type { Report } from './report.js';
import { textReport } from './text.js';

/** The forms that a report can have, with the media types by which they are asked for. */
export const FORMS = {
  json: { mediaType: 'application/json', write: jsonReport },
  junit: { mediaType: 'application/xml', write: junitReport },
  html: { mediaType: 'text/html', write: htmlReport },
  markdown: { mediaType: 'text/markdown', write: markdownReport },
  text: { mediaType: 'text/plain', write: (report: Report) => textReport(report) },
} as const;

export type Form = keyof typeof FORMS;
