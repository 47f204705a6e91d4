import { isObject, type Json } from '../../contract/json.js';
import { parseExpression } from '../../contract/runtime-expression.js';
import { compileTemplate } from '../../contract/template.js';
import {
  parseSecret,
  USUAL_EVENTS,
  USUAL_RETRIES,
  WEBHOOK_METHODS,
  type Webhook,
} from '../../contract/webhook.js';
import { parseDuration } from '../../time/duration.js';

/** The webhooks that a checked file says; undefined: none. */
export function buildWebhooks(raw: unknown): readonly Webhook[] | undefined {
  if (!Array.isArray(raw) || raw.length === 0) return undefined;
  return raw.filter(isObject).map(buildWebhook);
}

function buildWebhook(from: Json): Webhook {
  const headers = Object.entries(isObject(from.headers) ? from.headers : {});
  const names = Object.entries(isObject(from.names) ? from.names : {});
  return {
    to: from.to === undefined ? undefined : parseExpression(String(from.to)),
    callback: from.callback === undefined ? undefined : String(from.callback),
    on: Array.isArray(from.on) ? from.on.map(String) : USUAL_EVENTS,
    only: from.only === undefined ? undefined : parseExpression(String(from.only)),
    names: new Map(names.map(([event, name]) => [event, String(name)])),
    method: WEBHOOK_METHODS.find((method) => method === from.method),
    headers: Object.fromEntries(headers.map(([name, text]) => [name, compileTemplate(text)])),
    data: from.data === undefined ? undefined : compileTemplate(from.data),
    key: from.sign === undefined ? undefined : parseSecret(String(from.secret)),
    retries: pausesOf(from.retries) ?? USUAL_RETRIES,
    ...(from.in_order === true ? { inOrder: true } : {}),
  };
}

function pausesOf(retries: unknown): number[] | undefined {
  if (retries === 'none') return [];
  if (!Array.isArray(retries)) return undefined;
  return retries.map((pause) => parseDuration(String(pause)) ?? 0);
}
