import { speaking } from '../texts/spoken.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import type { Report } from './report.js';
import { textReport } from './text.js';

/** Writes a report in the language that is spoken at the time. */
type Write = (report: Report) => string;

/** For programs, which go by names and texts. */
const inEnglish =
  (write: Write): Write =>
  (report) =>
    speaking(undefined, () => write(report));

/** The forms that a report can have, with the media types by which they are asked for. */
export const FORMS = {
  json: { mediaType: 'application/json', load: async () => inEnglish(jsonReport) },
  junit: { mediaType: 'application/xml', load: async () => inEnglish(junitReport) },
  // A page is made of components, which nobody else needs.
  html: { mediaType: 'text/html', load: async () => (await import('./html.js')).htmlReport },
  markdown: { mediaType: 'text/markdown', load: async () => markdownReport },
  text: { mediaType: 'text/plain', load: async () => (report: Report) => textReport(report) },
} as const;

export type Form = keyof typeof FORMS;

/** What writes a form is loaded before: whoever has chosen a language is spoken to in one turn. */
export function writerOf(form: Form): Promise<Write> {
  return FORMS[form].load();
}
