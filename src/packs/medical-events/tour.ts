import { at, textOf } from '../../contract/json.js';
import type { ToldJob, Tour } from '../../sandbox/tour.js';

const PATIENT = '7c3da506-804d-4550-8993-bf17f9ee0402';
const FINAL = ['processed', 'failed'];

/** An encounter is submitted and withdrawn, and two mishaps. */
export const tour: Tour = {
  chapters: [
    {
      title: 'The package of an encounter is submitted and cancelled',
      *requests(example) {
        const params = { patient_id: PATIENT };
        const submit = 'submitEncounterPackage';
        const job = (yield { operation: submit, params, body: example(submit) }) as ToldJob;
        const read = { ...params, encounter_id: job.href?.split('/').at(-1) ?? '' };
        yield { operation: 'getEncounter', params: read };
        const cancel = 'cancelEncounterPackage';
        yield { operation: cancel, params, body: example(cancel) };
        yield { operation: 'getEncounter', params: read };
      },
    },
    {
      title: 'A job fails: what is invalid is shown, nothing is read',
      scenario: 'failed-validation',
      *requests(example) {
        const operation = 'submitEncounterPackage';
        yield { operation, params: { patient_id: PATIENT }, body: example(operation) };
      },
    },
    {
      title: 'The service is out for a while: the poller waits as Retry-After says',
      scenario: 'unavailable-503',
      *requests(example) {
        const operation = 'createApproval';
        yield { operation, params: { patient_id: PATIENT }, body: example(operation) };
      },
    },
  ],
  job: (body) => {
    const status = textOf(at(body, 'data.status'));
    const href = at(body, 'data.links.0.href');
    const code = at(body, 'data.status_code');
    return {
      id: textOf(href).split('/').at(-1) ?? '',
      status,
      eta: textOf(at(body, 'data.eta')),
      over: FINAL.includes(status),
      href: href === undefined ? undefined : textOf(href),
      error: code === undefined ? undefined : `${code}: ${tellInvalid(body)}`,
    };
  },
  tell: (body) => `encounter ${at(body, 'data.id')} ${at(body, 'data.status')}`,
};

function tellInvalid(body: unknown): string {
  const entry = at(body, 'data.error.invalid.0.entry');
  const rule = at(body, 'data.error.invalid.0.rules.0.description');
  return entry === undefined ? textOf(at(body, 'data.error.message')) : `${entry} ${rule}`;
}
