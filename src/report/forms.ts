import { speaking } from '../texts/spoken.js';
import { htmlReport } from './html.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import type { Report } from './report.js';
import { textReport } from './text.js';

/** For programs, which go by names and texts. */
const inEnglish = (write: (report: Report) => string) => (report: Report) =>
  speaking(undefined, () => write(report));

/** The forms that a report can have, with the media types by which they are asked for. */
export const FORMS = {
  json: { mediaType: 'application/json', write: inEnglish(jsonReport) },
  junit: { mediaType: 'application/xml', write: inEnglish(junitReport) },
  html: { mediaType: 'text/html', write: htmlReport },
  markdown: { mediaType: 'text/markdown', write: markdownReport },
  text: { mediaType: 'text/plain', write: (report: Report) => textReport(report) },
} as const;

export type Form = keyof typeof FORMS;
