import { bom } from './bom.js';
import { breaksContract } from './breaks-contract.js';
import { brokenGzip } from './broken-gzip.js';
import { chunkedCutOff } from './chunked-cut-off.js';
import { clockSkew } from './clock-skew.js';
import type { FaultDeclaration } from './declare.js';
import { duplicateKeys } from './duplicate-keys.js';
import { emptyReply } from './empty-reply.js';
import { etaEpoch } from './eta-epoch.js';
import { etaLocal } from './eta-local.js';
import { etaMissing } from './eta-missing.js';
import { etaNull } from './eta-null.js';
import { etaWithoutZone } from './eta-without-zone.js';
import { gatewayHtml } from './gateway-html.js';
import { hang } from './hang.js';
import { hugeBody } from './huge-body.js';
import { interim } from './interim.js';
import { malformedJson } from './malformed-json.js';
import { redirect } from './redirect.js';
import { refused } from './refused.js';
import { reset } from './reset.js';
import { resetAfterHeaders } from './reset-after-headers.js';
import type { FaultSettings } from './settings.js';
import { slowBody } from './slow-body.js';
import { slowHeaders } from './slow-headers.js';
import { truncatedBody } from './truncated-body.js';
import { wrongContentLength } from './wrong-content-length.js';
import { wrongContentType } from './wrong-content-type.js';

export type { AnswerFacts } from './declare.js';
export { type FaultSettings, SETTING_KEYS } from './settings.js';

/** Every fault: first those of the way, then those of what is said. */
const DECLARED = [
  refused,
  reset,
  emptyReply,
  hang,
  resetAfterHeaders,
  truncatedBody,
  chunkedCutOff,
  wrongContentLength,
  brokenGzip,
  slowHeaders,
  slowBody,
  hugeBody,
  interim,
  gatewayHtml,
  redirect,
  wrongContentType,
  malformedJson,
  breaksContract,
  duplicateKeys,
  bom,
  clockSkew,
  etaWithoutZone,
  etaLocal,
  etaEpoch,
  etaMissing,
  etaNull,
] as const;

export type FaultName = (typeof DECLARED)[number]['name'];

/** A mishap on the way to the client, or in what it is told. */
export interface Fault extends FaultSettings {
  name: FaultName;
}

export const FAULTS = Object.fromEntries(
  DECLARED.map((fault) => [fault.name, fault]),
) as unknown as Readonly<Record<FaultName, FaultDeclaration<FaultName>>>;

export const FAULT_NAMES: readonly FaultName[] = DECLARED.map(({ name }) => name);

const DEFAULT_SETTINGS: FaultSettings = {
  closed: 3000,
  rate: 20,
  bytes: undefined,
  offBy: -10,
  skew: 3_600_000,
  http: undefined,
};

export function makeFault(name: FaultName, settings: Partial<FaultSettings> = {}): Fault {
  return { ...DEFAULT_SETTINGS, ...settings, name };
}

export function declarationOf({ name }: Pick<Fault, 'name'>): FaultDeclaration {
  return FAULTS[name];
}
