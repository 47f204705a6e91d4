import { at, textOf } from '../../contract/json.js';
import type { ToldJob, Tour, TourRequest } from '../../sandbox/tour.js';

/** The documented sequence, and two mishaps. */
export const tour: Tour = {
  chapters: [
    {
      title: 'A conclusion is created, signed and cancelled',
      *requests(example) {
        const body = example('createComposition');
        const created = (yield { operation: 'createComposition', body }) as ToldJob;
        const compositionId = created.href?.split('/').at(-1) ?? '';
        const read = readOf(body, compositionId);
        const composition = at(yield read, 'data');
        const params = { compositionId };
        yield { operation: 'signComposition', params, body: signed(composition) };
        yield read;
        const system = 'eHealth/COMPOSITION_CANCELLATION_REASONS_TEMP_DISABILITY';
        const reason = { coding: [{ system, code: 'INCORRECT_OTHER' }] };
        const wish = { identifier: at(composition, 'identifier'), reason };
        yield { operation: 'cancelComposition', params, body: signed(wish) };
        yield read;
      },
    },
    {
      title: 'A job fails: its error is shown, nothing is read',
      scenario: 'failed-1172',
      *requests(example) {
        yield { operation: 'createComposition', body: example('createComposition') };
      },
    },
    {
      title: 'The service is out for a while: the poller waits as Retry-After says',
      scenario: 'unavailable-503',
      *requests(example) {
        yield { operation: 'createComposition', body: example('createComposition') };
      },
    },
  ],
  job: (body) => {
    const { id, status, eta, links } = at(body, 'data') as ToldJob & { links?: object[] };
    const [link] = links ?? [];
    const over = status === 'DONE' || status === 'FAILED';
    return { id, status, eta, over, ...link };
  },
  tell: (body) => `${at(body, 'data.title')} ${at(body, 'data.status')}`,
};

function readOf(created: unknown, compositionId: string): TourRequest {
  const patientId = textOf(at(created, 'subject.value'));
  const encounterId = textOf(at(created, 'encounter.value'));
  const params = { patientId, encounterId, compositionId };
  return { operation: 'getCompositionByEncounter', params };
}

/** Plain JSON in base64: the sandbox takes it in the place of a signature container. */
function signed(content: unknown): { data: string } {
  return { data: Buffer.from(JSON.stringify(content)).toString('base64') };
}
