import { textOf } from '../../contract/json.js';
import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { placesIn } from './path-places.js';
import { notFound } from './read.js';
import { makeRequisition } from './requisition.js';
import { find } from './resource.js';

/** A number for a conclusion that is about to be written. */
export function makeTitle(_: ApiRequest, { ids }: World): Reply {
  return { status: 202, content: { data: { title: makeRequisition(ids) }, type: 'object' } };
}

/** A conclusion as a patient takes it home. */
export function printForm(request: ApiRequest, world: World): Reply | Refusal {
  const { patient, behind } = placesIn(request, world);
  const found = find(world, 'medical_composition', patient, behind('compositions'));
  if (!found) return notFound('medical_composition');
  const { title, status, date } = found.document;
  const rows = Object.entries({ Title: title, Status: status, Date: date })
    .map(([name, value]) => `<tr><th>${name}</th><td>${inHtml(textOf(value ?? ''))}</td></tr>`)
    .join('');
  const text = `<!doctype html><meta charset="utf-8"><title>Composition</title><table>${rows}</table>`;
  return { status: 200, content: { text, mediaType: 'text/html' } };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function inHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
