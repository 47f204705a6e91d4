import { causesOf } from '../audit/causes.js';
import { spoken, t } from '../texts/spoken.js';
import { Symbols } from '../view/timeline/symbols.js';
import { causes } from './html/causes.js';
import { chapter, chapterId } from './html/chapter.js';
import { html } from './html/escape.js';
import { footer } from './html/footer.js';
import { fromView } from './html/from-view.js';
import { header, tellVerdict } from './html/header.js';
import { matrix } from './html/matrix.js';
import { STYLE } from './html/style.js';
import type { Report } from './report.js';

/**
 * One page for people, complete in itself: to be opened from a disk, attached to a build, printed.
 * Its policy allows nothing but its own style sheet: no script, no image, no font from anywhere.
 */
export function htmlReport(report: Report): string {
  const { title, chapters } = report;
  return html`<!doctype html>
<html lang="${spoken()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${t(title)}: ${tellVerdict(report)}</title>
<style>${STYLE}</style>
</head>
<body>
${fromView(Symbols, {})}
<div class="page">
${header(report)}
<main>
${causes(causesOf(chapters), report)}
${chapters.length > 1 && matrix(chapters)}
${chapters.map((one, i) => chapter(one, chapterId(i), report))}
</main>
${footer()}
</div>
</body>
</html>
`.text;
}
