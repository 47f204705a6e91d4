import type { BusinessError } from '../../sandbox/pack.js';
import { act, judgeAction } from './act.js';
import { ACTIONS } from './actions.js';
import { approve, judgeApproval } from './approval.js';
import { cancelPackage, judgeCancel } from './cancel.js';
import { CREATIONS, create, judgeCreation } from './create.js';
import { judgePerformer } from './performer-signs.js';
import {
  judgeEncounterPackage,
  judgeReportPackage,
  submitEncounterPackage,
  submitReportPackage,
} from './submit.js';
import type { Task } from './task.js';

/** What a job of an operation does in the end. */
export interface Write {
  /** Where what was sent names what the job is about; left out: the path names it, or it gets an id. */
  id?: string;
  /** Why the job fails instead. */
  judge(task: Task): BusinessError | undefined;
  make(task: Task): void;
}

/** Operations whose body is signed content; the library that reads it is fetched when one comes. */
export const SIGNED: ReadonlySet<string> = new Set([
  'submitEncounterPackage',
  'cancelEncounterPackage',
  'submitDiagnosticReportPackage',
  'cancelDiagnosticReportPackage',
  'createProcedure',
  'cancelProcedure',
  'createSpecimen',
  'cancelSpecimen',
  'submitComposition',
  'markInErrorComposition',
  'createServiceRequest',
  'cancelServiceRequest',
  'recallServiceRequest',
  'createDeviceRequest',
  'revokeDeviceRequest',
  'markInErrorDeviceRequest',
  'completeDeviceDispense',
  'markInErrorDeviceDispense',
  'createCarePlan',
  'createCarePlanActivity',
  'cancelCarePlan',
  'cancelCarePlanActivity',
]);

const PACKAGES: Readonly<Record<string, Write>> = {
  submitEncounterPackage: {
    id: 'encounter.id',
    judge: (task) => judgePerformer(task) ?? judgeEncounterPackage(task),
    make: submitEncounterPackage,
  },
  cancelEncounterPackage: {
    id: 'encounter.id',
    judge: (task) => judgeCancel('encounter', task),
    make: (task) => cancelPackage('encounter', task),
  },
  submitDiagnosticReportPackage: {
    id: 'diagnostic_report.id',
    judge: judgeReportPackage,
    make: submitReportPackage,
  },
  cancelDiagnosticReportPackage: {
    id: 'diagnostic_report.id',
    judge: (task) => judgeCancel('diagnostic_report', task),
    make: (task) => cancelPackage('diagnostic_report', task),
  },
  createApproval: { judge: judgeApproval, make: approve },
};

const creations = Object.entries(CREATIONS).map(([id, creation]): [string, Write] => [
  id,
  {
    id: 'id',
    judge: (task) => judgeCreation(creation, task),
    make: (task) => create(creation, task),
  },
]);

const actions = Object.entries(ACTIONS).map(([id, action]): [string, Write] => [
  id,
  { judge: (task) => judgeAction(action, task), make: (task) => act(action, task) },
]);

/** All asynchronous operations, by operationId. */
export const WRITES: ReadonlyMap<string, Write> = new Map([
  ...Object.entries(PACKAGES),
  ...creations,
  ...actions,
]);
