import { readContent } from '../../audit/same-request.js';
import { chosenField } from '../../contract/id-form.js';
import { keyField } from '../../contract/idempotency.js';
import { mediaTypeOf } from '../../contract/media-type.js';
import {
  contentOfText,
  contentOfValue,
  type RequestContent,
} from '../../sandbox/request-content.js';
import type { Admission } from './admit.js';
import type { RequestContext } from './request-context.js';

/** What a request that schedules asks for, from the values that were read when it was admitted; undefined for others. */
export function contentOf(
  { req, route, api }: RequestContext,
  text: string | undefined,
  admitted: Admission,
): RequestContent | undefined {
  if (text === undefined || route.kind !== 'found') return undefined;
  const { schedules, idempotency, report } = api.binding;
  if (!schedules.has(route.operation.id)) return undefined;
  const fields = { ofSending: keyField(idempotency), ownId: chosenField(report.ids) };
  if ('refusal' in admitted) {
    return readContent(text, mediaTypeOf(req.headers['content-type']) || undefined, fields);
  }
  return typeof admitted.body === 'string'
    ? contentOfText(text)
    : contentOfValue(admitted.body, text, fields);
}
