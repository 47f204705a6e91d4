import { at, textOf } from '../../contract/json.js';
import type { Pack } from '../../sandbox/pack.js';
import { prepareContainers, readSignedContent } from '../signature/signed-content.js';
import { admitSigned } from './admit-signed.js';
import { admitCancel, cancel, judgeCancellation } from './cancel.js';
import { admitCreate, create, judgeCreation } from './create.js';
import { readIntegrationData } from './integration-data.js';
import { readPrintForm } from './print-form.js';
import { read } from './read.js';
import { admitResend, judgeResending, resend } from './resend.js';
import { RULE_WORDS } from './rules/index.js';
import { searchAll, searchOfPatient } from './search.js';
import { seed } from './seed.js';
import { SETTINGS } from './settings.js';
import { judgeSigning, sign } from './sign.js';
import { tour } from './tour.js';

/** What each operation that schedules a job refuses at once, what its job fails with, and what it does in the end. */
const OPERATIONS = {
  createComposition: { admit: admitCreate, judge: judgeCreation, complete: create },
  signComposition: { admit: admitSigned, judge: judgeSigning, complete: sign },
  cancelComposition: { admit: admitCancel, judge: judgeCancellation, complete: cancel },
  resendToErln: { admit: admitResend, judge: judgeResending, complete: resend },
};

/** Their requests carry a signature container. */
const SIGNED = ['signComposition', 'cancelComposition'];

/** The life of medical conclusions, after the method pages of `ehealthua/compositions`. */
export const compositions: Pack = {
  name: 'compositions',
  settings: SETTINGS.map((one) =>
    one.name === 'RULES_OFF' ? { ...one, choices: RULE_WORDS } : one,
  ),
  prepare: (operation, body) =>
    SIGNED.includes(operation) ? prepareContainers(at(body, 'data')) : undefined,
  signedIn: (operation, body) => {
    const read = SIGNED.includes(operation)
      ? readSignedContent(textOf(at(body, 'data')))
      : undefined;
    return read && 'content' in read ? read.content : undefined;
  },
  admit: (request, world) => changeOf(request.operation.id)?.admit(request, world),
  judge: (job, world) => changeOf(job.operation)?.judge(job, world),
  complete: (job, world) => changeOf(job.operation)?.complete(job, world),
  reads: {
    getComposition: read,
    getCompositionByEncounter: read,
    searchCompositions: searchAll,
    searchPatientCompositions: searchOfPatient,
    getPrintForm: readPrintForm,
    getPrintFormByEncounter: readPrintForm,
    getIntegrationData: readIntegrationData,
    getIntegrationDataByEncounter: readIntegrationData,
  },
  seed,
  tour,
};

function changeOf(operation: string) {
  return Object.hasOwn(OPERATIONS, operation)
    ? OPERATIONS[operation as keyof typeof OPERATIONS]
    : undefined;
}
