import { COLORS } from './colors.js';
import { Html } from './escape.js';
import VIEW from './view-style.json' with { type: 'json' };

const PAGE = `
*, *::before, *::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 16px }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums }
.page { max-width: 1120px; margin: 0 auto; padding: 48px 40px 64px }
h1, h2, h3, h4, p, dl, dd, ol, ul, figure { margin: 0; padding: 0 }
ol, ul { list-style: none }
h1 { font-size: 32px; line-height: 1.2; font-weight: 650; letter-spacing: -.015em }
h2 { font-size: 23px; line-height: 1.3; font-weight: 650; letter-spacing: -.01em }
h3 { font-size: 17px; line-height: 1.4; font-weight: 650; margin: 40px 0 12px }
h4 { font-size: 15px; font-weight: 600 }
code, pre, .job-id, .evidence { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace }
code { font-size: .93em }
a { color: var(--link); text-underline-offset: 2px; text-decoration-thickness: 1px }
a:focus-visible, summary:focus-visible, .scroll:focus-visible, pre:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.quiet, .about, .title { color: var(--soft) }
.quiet, .about { font-size: 14px }
.eyebrow { color: var(--soft); font-size: 13px; letter-spacing: .06em; text-transform: uppercase; margin-bottom: 6px }
.verdict { display: flex; gap: 12px; align-items: center; margin-top: 14px; font-size: 20px; line-height: 1.35 }
.verdict .outcome-mark { flex: none; width: 30px; height: 30px; font-size: 17px; border-radius: 50% }
.facts { display: flex; flex-wrap: wrap; gap: 16px 40px; margin-top: 28px; padding: 18px 0; border-block: 1px solid var(--line) }
.facts dt { color: var(--soft); font-size: 13px }
.facts dd { font-size: 19px; font-weight: 600; line-height: 1.4 }
.count.error dd { color: var(--error) } .count.warning dd { color: var(--warning) } .count.note dd { color: var(--note) }
.page-header > .quiet { margin-top: 12px }
.alert { display: flex; gap: 10px; margin-top: 14px; padding: 10px 14px; border-radius: 6px; background: var(--warning-tint); font-size: 14px }
.alert .outcome-mark { flex: none }
main > section { margin-top: 56px }
.chapter { padding-top: 32px; border-top: 1px solid var(--line) }
.chapter.alone { margin-top: 24px; border-top: 0; padding-top: 8px }
.chapter > details { margin: 0 }
.chapter summary.chapter-head { display: flex; flex-wrap: wrap; gap: 2px 16px; align-items: baseline; width: auto; padding: 10px 0; color: inherit; position: sticky; top: 0; z-index: 3; background: var(--paper) }
.chapter summary.chapter-head::before { content: '▸'; width: 12px; color: var(--soft) }
.chapter details[open] > summary.chapter-head::before { content: '▾' }
.chapter summary.chapter-head .about { font-size: 14px; color: var(--soft) }
.chapter-body { scroll-margin-top: 72px }
main > .chapter { margin-top: 0; padding-top: 12px }
main > section:not(.chapter) + .chapter { margin-top: 48px }
main > .chapter:has(> details[open]) { margin-bottom: 48px }
main > section.chapter.alone { margin-top: 24px }
.chapter h2 { display: flex; gap: 12px; align-items: center }
.chapter h2 .outcome-mark { flex: none; width: 26px; height: 26px; font-size: 15px }
.chapter-body > .title { margin-top: 4px; font-size: 16px }
.chapter-body > .about { margin-top: 4px }
.chapter-body > .about::first-letter { text-transform: uppercase }

.outcome-mark { position: relative; display: inline-flex; width: 20px; height: 20px; align-items: center; justify-content: center; border-radius: 5px;
  font-size: 13px; font-weight: 700; line-height: 1; vertical-align: -4px; print-color-adjust: exact }
.outcome-mark.passed { font-size: 15px }
.outcome-mark.passed { color: var(--passed) }
.outcome-mark.error { background: var(--error); color: var(--paper) }
.outcome-mark.warning { background: var(--warning-tint); color: var(--warning); box-shadow: inset 0 0 0 1.5px }
.outcome-mark.note { color: var(--note); box-shadow: inset 0 0 0 1.5px; border-radius: 50%; font-family: Georgia, serif; font-style: italic }
.outcome-mark.untested, .outcome-mark.off { color: var(--soft) }
.verdict .passed, h2 .outcome-mark.passed { background: var(--passed); color: var(--paper) }

.scroll { overflow-x: auto; margin-top: 12px }
.polls .scroll { max-height: 70vh; overflow: auto }
.polls thead th { position: sticky; top: 0; z-index: 1; background: var(--paper) }
.wide { max-height: 85vh; overflow: auto }
.wide thead th { position: sticky; top: 0; z-index: 2; background: var(--paper) }
.wide thead th.corner { z-index: 3 }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.45 }
th, td { padding: 7px 16px 7px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line) }
th { font-weight: 500 }
thead th { color: var(--soft); font-size: 13px; vertical-align: bottom; white-space: nowrap }
.matrix { width: auto }
.matrix th, .matrix td { padding: 0; height: 34px; vertical-align: middle }
.matrix td { width: 32px; min-width: 30px; text-align: center }
.matrix td .outcome-mark { vertical-align: middle }
.matrix td a { display: block; padding: 5px 0; text-decoration: none }
.matrix thead th { height: auto; padding: 4px 0 8px; vertical-align: bottom }
.matrix thead .upright { display: inline-block; writing-mode: vertical-rl; transform: rotate(180deg); line-height: 30px; color: var(--ink) }
.matrix th:first-child { position: sticky; left: 0; z-index: 1; background: var(--paper); padding-right: 24px; text-align: left; max-width: 320px }
.matrix .scenario { display: flex; gap: 8px; align-items: center }
.matrix .scenario .outcome-mark { flex: none }
.matrix tbody tr:hover > * { background: var(--sunken) }
.matrix tfoot th, .matrix tfoot td { border: 0; color: var(--soft); font-size: 13px }
.key span { display: inline-flex; gap: 6px; align-items: center }
.key { display: flex; flex-wrap: wrap; gap: 6px 22px; margin-top: 14px; color: var(--soft); font-size: 13px }

.finding { margin-top: 16px; padding: 16px 20px; border-radius: 8px; border-left: 4px solid; print-color-adjust: exact }
.finding.error { background: var(--error-tint); border-color: var(--error) }
.finding.warning { background: var(--warning-tint); border-color: var(--warning) }
.finding.note { background: var(--note-tint); border-color: var(--note) }
.finding h4 { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center }
.number { display: inline-flex; min-width: 20px; height: 20px; padding: 0 5px; align-items: center; justify-content: center; border-radius: 5px; color: var(--paper); font-size: 12px; font-weight: 700; print-color-adjust: exact }
.error .number { background: var(--error) } .warning .number { background: var(--warning) } .note .number { background: var(--note) }
.severity { font-size: 12px; font-weight: 600; letter-spacing: .05em; text-transform: uppercase }
.error .severity { color: var(--error) } .warning .severity { color: var(--warning) } .note .severity { color: var(--note) }
.finding .statement { color: var(--soft); font-size: 14px }
.found { margin-top: 12px }
.message { font-size: 16px; font-weight: 550; line-height: 1.45 }
.evidence { margin-top: 6px; font-size: 12.5px; line-height: 1.6 }
.evidence li { display: grid; grid-template-columns: 44px 98px 72px 1fr; gap: 0 8px; padding: 1px 0 }
.evidence .seq, .evidence .since { color: var(--soft) }
.evidence .more { display: block; color: var(--soft) }
.advice { margin-top: 14px; font-size: 14px }

.cause { margin-top: 20px; padding: 18px 22px; border: 1px solid var(--line); border-left: 4px solid; border-radius: 8px; print-color-adjust: exact }
.cause.error { border-left-color: var(--error) } .cause.warning { border-left-color: var(--warning) } .cause.note { border-left-color: var(--note) }
.cause h3 { display: flex; gap: 10px; align-items: center; margin: 0; font-size: 18px }
.cause h3 .outcome-mark { flex: none }
.cause .message { margin-top: 10px }
.cause.error .severity { color: var(--error) } .cause.warning .severity { color: var(--warning) } .cause.note .severity { color: var(--note) }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin-top: 8px }
.panel { min-width: 0 }
.panel pre { margin: 4px 0 0; padding: 12px 14px; max-height: 340px; overflow: auto; border-radius: 6px; background: var(--sunken); font-size: 12.5px; line-height: 1.5; white-space: pre-wrap }
.symptoms { margin-top: 8px; font-size: 13.5px; line-height: 1.5 }
.symptoms li { padding: 2px 0 }
.chosen { display: none; margin-top: 12px; padding: 12px 16px; border: 1px solid var(--line); border-radius: 8px; scroll-margin-top: 40vh }
.chosen:target { display: block }

.steps { margin-top: 12px; counter-reset: step }
.steps > li { display: grid; grid-template-columns: 24px 1fr auto; gap: 2px 12px; padding: 10px 0; border-bottom: 1px solid var(--line) }
.steps > li > * { min-width: 0 }
.steps .step-name { font-weight: 550 }
.steps .when { color: var(--soft); font-size: 13px; white-space: nowrap }
.steps .told, .steps .evidence, .steps details { grid-column: 2 / -1 }
.steps .told { font-size: 14px } .steps details { margin-top: 4px }
.steps .error .told { color: var(--error) } .steps .warning .told { color: var(--warning) }
.steps .off { color: var(--soft) } .steps .off .told { color: var(--soft) }
.steps .evidence li { display: grid; grid-template-columns: 44px 98px 1fr; gap: 0 8px; padding: 1px 0 }

details { margin-top: 12px }
summary { width: fit-content; padding: 2px 0; color: var(--link); font-size: 14px; cursor: pointer }
.polls table { font-size: 13px; white-space: nowrap }
.polls th, .polls td { padding-block: 4px }
.polls tr.breaks > * { background: var(--error-tint) }
.polls tr.breaks th { box-shadow: inset 3px 0 var(--error); padding-left: 10px }
.polls th:first-child { padding-left: 10px }
.rules table { table-layout: fixed }
.rules thead th:nth-child(1) { width: 140px } .rules thead th:nth-child(2) { width: 32% } .rules thead th:nth-child(3) { width: 19% }
.rules td .outcome-mark { margin-right: 4px }
.rules .statement { display: block; color: var(--soft); font-weight: 400 }
.sources { color: var(--soft); font-size: 13px; line-height: 1.5 }
.sources li + li { margin-top: 2px }
.output pre { margin: 8px 0 0; padding: 14px 16px; max-height: 480px; overflow: auto; border-radius: 6px; background: var(--sunken); font-size: 12.5px; line-height: 1.5; white-space: pre-wrap }

.page-footer { margin-top: 72px; padding-top: 28px; border-top: 1px solid var(--line) }
.page-footer h2 { font-size: 17px }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 48px; margin: 14px 0 18px }
.meanings div { display: grid; grid-template-columns: 130px 1fr; gap: 12px; padding: 5px 0; font-size: 13.5px; line-height: 1.45 }
.meanings dt { display: flex; gap: 8px; align-items: start }
.meanings dd { color: var(--soft) }

@media screen and (max-width: 760px) {
  .page { padding: 28px 16px 40px }
  h1 { font-size: 26px }
  .verdict { font-size: 18px }
  .facts { gap: 14px 28px }
  .columns { grid-template-columns: 1fr }
  .finding { padding: 14px }
  .steps > li { grid-template-columns: 24px 1fr } .steps .when { grid-column: 2 }
  .steps .evidence li { grid-template-columns: auto 1fr } .steps .evidence .text { grid-column: 1 / -1 }
  .evidence li { grid-template-columns: auto auto 1fr }
  .evidence .text { grid-column: 1 / -1; padding-bottom: 4px }
  .pair { grid-template-columns: 1fr }
  .cause { padding: 14px }
  .wide { max-height: none; overflow: visible }
  .matrix, .matrix tbody, .matrix tr, .matrix th:first-child { display: block; max-width: none }
  .matrix thead, .matrix tfoot, .matrix td:not(.broken) { display: none }
  .matrix tr { padding: 8px 0; border-bottom: 1px solid var(--line) }
  .matrix th:first-child { position: static; height: auto; border: 0 }
  .matrix td.broken { display: inline-block; width: auto; height: auto; border: 0; padding: 4px 14px 0 0 }
  .matrix td.broken a { display: inline-flex; gap: 6px; align-items: center; padding: 3px 0 }
  .matrix td.broken a::after { content: attr(data-rule); font-size: 13px }
  .rules table { min-width: 800px }
}
@media print {
  .page { max-width: none; padding: 0 }
  .job, .finding, .cause, tr { break-inside: avoid }
  .cause details::details-content, .chapter > details::details-content { content-visibility: visible; block-size: auto }
  .chapter summary.chapter-head { position: static }
  .polls .scroll, .wide, .panel pre { max-height: none; overflow: visible }
  .chosen { display: none }
  h2, h3, h4 { break-after: avoid }
  .scroll, .output pre { overflow: visible; max-height: none }
  .rules::details-content { content-visibility: visible; block-size: auto }
  .matrix { font-size: 12px }
  .matrix th:first-child { position: static; max-width: 190px; padding-right: 8px }
  .matrix td { width: 23px; min-width: 22px }
  .matrix thead .upright { line-height: 22px }
}`;

/** The page's whole look. */
export const STYLE = new Html(`${COLORS}${PAGE}${VIEW.css}`);
