import type { Pack } from '../../sandbox/pack.js';
import { prepareContainers } from '../signature/signed-content.js';
import { admitSigned } from './admit-signed.js';
import { admitCancel, cancel } from './cancel.js';
import { admitCreate, create } from './create.js';
import { readIntegrationData } from './integration-data.js';
import { readPrintForm } from './print-form.js';
import { read } from './read.js';
import { admitResend, resend } from './resend.js';
import { searchAll, searchOfPatient } from './search.js';
import { seed } from './seed.js';
import { SETTINGS } from './settings.js';
import { sign } from './sign.js';
import { tour } from './tour.js';

/** What each operation that schedules a job refuses at once, and what its job does in the end. */
const CHANGES = {
  createComposition: { admit: admitCreate, complete: create },
  signComposition: { admit: admitSigned, complete: sign },
  cancelComposition: { admit: admitCancel, complete: cancel },
  resendToErln: { admit: admitResend, complete: resend },
};

/** Their requests carry a signature container. */
const SIGNED = ['signComposition', 'cancelComposition'];

/** The life of medical conclusions, after the method pages of `ehealthua/compositions`. */
export const compositions: Pack = {
  name: 'compositions',
  settings: SETTINGS,
  prepare: (operation) => (SIGNED.includes(operation) ? prepareContainers() : undefined),
  admit: (request, world) => changeOf(request.operation.id)?.admit(request, world),
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
  return Object.hasOwn(CHANGES, operation) ? CHANGES[operation as keyof typeof CHANGES] : undefined;
}
