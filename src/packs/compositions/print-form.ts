import { at, type Json, textOf } from '../../contract/json.js';
import { escapeHtml } from '../../escape-html.js';
import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { typeOf } from './composition.js';
import { day, moment, wording } from './print-words.js';
import { isLocated, locate } from './read.js';
import { malformed } from './refusals.js';

const TEMPLATES: Record<string, string> = { NEWBORN: '1000', TEMP_DISABILITY: '1001' };

/** The conclusion as a page for the patient. A template fits one type only. */
export function readPrintForm(request: ApiRequest, world: World): Reply | Refusal {
  const found = locate(request, world);
  if (!isLocated(found)) return found;
  const { templateId } = request.query;
  const type = typeOf(found.document);
  const fitting = TEMPLATES[type];
  if (templateId !== undefined && textOf(templateId) !== fitting) {
    const known = fitting ? `the template of ${type} is ${fitting}` : `${type} has no template`;
    const what = `template ${textOf(templateId)} does not suit this composition; ${known}`;
    const params = fitting ? [fitting] : [];
    return malformed({ entry: 'templateId', in: 'query' }, 'inclusion', what, params);
  }
  return { status: 200, content: { text: page(found.document), mediaType: 'text/html' } };
}

function page(document: Json): string {
  const heading = escapeHtml(wording('types', typeOf(document)));
  const title = escapeHtml(textAt(document, 'title'));
  const rows = rowsOf(document)
    .map(([name, value]) => `<tr><th scope="row">${name}</th><td>${escapeHtml(value)}</td></tr>`)
    .join('\n        ');
  return `<!DOCTYPE html>
<html lang="uk">
  <head>
    <meta charset="utf-8">
    <title>${title}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>${heading}</h1>
      <p class="number">№ ${title}</p>
      <table>
        ${rows}
      </table>
      <p class="note">Друкована форма з тестового середовища; не є медичним документом.</p>
    </main>
  </body>
</html>
`;
}

function rowsOf(document: Json): [string, string][] {
  const start = day(textAt(document, 'event.0.period.start'));
  const end = day(textAt(document, 'event.0.period.end'));
  return [
    ['Статус', wording('statuses', textAt(document, 'status'))],
    ['Тип', wording('types', typeOf(document))],
    ['Категорія', wording('categories', textAt(document, 'category.coding.0.code'))],
    ['Період дії', end ? `${start} – ${end}` : start],
    ['Пацієнт', textAt(document, 'subject.value')],
    ['Взаємодія', textAt(document, 'encounter.value')],
    ['Автор', textAt(document, 'author.value')],
    ['Дата складання', moment(textAt(document, 'date'))],
  ];
}

function textAt(document: Json, path: string): string {
  return textOf(at(document, path) ?? '');
}

const STYLE = `
      @page { size: A4; margin: 20mm; }
      body { font: 16px/1.5 Georgia, 'Times New Roman', serif; color: #111; margin: 0; }
      main { max-width: 44rem; margin: 2.5rem auto; padding: 0 1.5rem; }
      h1 { font-size: 1.4rem; text-align: center; margin: 0 0 .5rem; }
      .number { text-align: center; letter-spacing: .08em; font-weight: bold; margin: 0 0 2rem; }
      table { width: 100%; border-collapse: collapse; }
      th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border: 1px solid #999; }
      th { width: 32%; font-weight: normal; background: #f4f4f4; }
      td { overflow-wrap: anywhere; }
      .note { margin-top: 2rem; font-size: .85rem; color: #555; }
    `;
