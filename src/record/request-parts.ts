import { fieldsIn, type RequestParts } from '../contract/job-place.js';
import { headerOf, type Seen } from './seen.js';

/** The parts of a recorded request in which a job can be named. */
export function partsOf({ route, target, request }: Seen): RequestParts {
  const mark = target.indexOf('?');
  const { headers, body } = request;
  return {
    params: route.kind === 'found' ? route.params : {},
    query: Object.fromEntries(new URLSearchParams(mark === -1 ? '' : target.slice(mark))),
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: body.json ?? fieldsIn(body.text, headerOf(headers, 'content-type')),
  };
}
