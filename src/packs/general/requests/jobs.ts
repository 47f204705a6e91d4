import { textOf } from '../../../contract/json.js';
import type { ApiRequest, FinishedJob, Refusal, World } from '../../../sandbox/pack.js';
import { acceptDeclaration, completeDeclaration, DECLARATION_REQUEST } from './declaration.js';
import { acceptEmployee, admitEmployee, completeEmployee, failEmployee } from './employee.js';
import { acceptPerson, completePerson, PERSON_REQUEST } from './person.js';
import { acceptPrescription, admitPrescription, completePrescription } from './prescription.js';
import { find } from './request.js';
import { refuseSigning } from './signing.js';

/** An operation after which something appears: what it refuses, what is so at once, and what comes later. */
interface Appearance {
  admit(request: ApiRequest, world: World): Refusal | undefined;
  /** The id under which the thing will be read; undefined: that of the request itself. */
  idOf?(request: ApiRequest, world: World): string | undefined;
  accept(job: FinishedJob, world: World): void;
  complete(job: FinishedJob, world: World): void;
  fail?(job: FinishedJob, state: string, world: World): void;
}

/** What a request says that it will make. */
function makes(kind: string) {
  return ({ params }: ApiRequest, world: World) => {
    const found = find(world, kind, params.id);
    return textOf(found?.document.makes ?? world.ids.uuid());
  };
}

const PERSON: Appearance = {
  admit: (request, world) => refuseSigning(PERSON_REQUEST, request, world),
  idOf: makes(PERSON_REQUEST.kind),
  accept: acceptPerson,
  complete: completePerson,
};

const APPEARANCES: Readonly<Record<string, Appearance>> = {
  signDeclarationRequestV3: {
    admit: (request, world) => refuseSigning(DECLARATION_REQUEST, request, world),
    idOf: makes(DECLARATION_REQUEST.kind),
    accept: acceptDeclaration,
    complete: completeDeclaration,
  },
  signPersonRequest: PERSON,
  signPersonRequestV2: PERSON,
  signMedicationRequestRequest: {
    admit: admitPrescription,
    idOf: (_, world) => world.ids.uuid(),
    accept: acceptPrescription,
    complete: completePrescription,
  },
  createEmployeeRequestV2: {
    admit: admitEmployee,
    accept: acceptEmployee,
    complete: completeEmployee,
    fail: failEmployee,
  },
};

function of(operation: string): Appearance | undefined {
  return Object.hasOwn(APPEARANCES, operation) ? APPEARANCES[operation] : undefined;
}

/** What the pack does about what appears after a while. */
export const JOBS = {
  admit: (request: ApiRequest, world: World) => of(request.operation.id)?.admit(request, world),
  idOf: (request: ApiRequest, world: World) => of(request.operation.id)?.idOf?.(request, world),
  accept: (job: FinishedJob, world: World) => of(job.operation)?.accept(job, world),
  complete: (job: FinishedJob, world: World): undefined => {
    of(job.operation)?.complete(job, world);
  },
  fail: (job: FinishedJob, state: string, world: World) =>
    of(job.operation)?.fail?.(job, state, world),
};
