import { describe, expect, it } from 'vitest';
import { exampleBody } from '../../../src/contract/example.js';
import { at, type Json } from '../../../src/contract/json.js';
import { medicalEvents } from '../../../src/packs/medical-events/index.js';
import { prepareContainers } from '../../../src/packs/signature/signed-content.js';
import { makeDstuPhysician, sealWithDstu } from '../../support/dstu.js';
import { contract, known, makeEmptyWorld, PATIENT } from './play.js';

await prepareContainers();

const OPERATION = 'submitEncounterPackage';
const TAX_ID = '1234567890';
const EXAMPLE = exampleBody(contract.document, known(OPERATION)) as Json;
const CONTENT = Buffer.from(String(EXAMPLE.signed_data), 'base64');
const PERFORMER = String(
  at(JSON.parse(CONTENT.toString()), 'encounter.performer.identifier.value'),
);

/** What the job of the example fails with, signed by somebody, where the session keeps an employee. */
function judge(employee: Json | undefined, signed: Buffer) {
  const world = makeEmptyWorld();
  const { id = PERFORMER } = employee ?? {};
  if (employee) world.keep({ kind: 'employee', id: String(id), document: employee });
  const body = { ...EXAMPLE, signed_data: signed.toString('base64') };
  const params = { patient_id: PATIENT };
  const asked = { operation: known(OPERATION), params, query: {}, body };
  const resource = medicalEvents.names?.(asked, world) ?? '';
  const job = { id: 'a', operation: OPERATION, params, body, resource, result: {} };
  return medicalEvents.judge?.({ ...job, tell: () => undefined }, world);
}

const by = (serialNumber?: string) => sealWithDstu(CONTENT, [makeDstuPhysician('A', serialNumber)]);

describe('who signs the package of an encounter', () => {
  it('is its performer, where the session knows the tax id of that employee', () => {
    const employee = { party: { tax_id: TAX_ID } };
    expect(judge(employee, by(`TINUA-${TAX_ID}`))).toBeUndefined();
    expect(judge(employee, by('TINUA-0987654321'))).toEqual({
      code: 'conflict',
      message: 'Does not match the signer drfo',
    });
    expect(judge(employee, by())).toEqual({ code: 'conflict', message: 'Invalid drfo' });
  });

  it('may be one of several', () => {
    const signers = ['TINUA-0987654321', TAX_ID].map((id) => makeDstuPhysician(id, id));
    expect(judge({ party: { tax_id: TAX_ID } }, sealWithDstu(CONTENT, signers))).toBeUndefined();
  });

  it('is anybody where nothing is known, and nobody where plain JSON came', () => {
    expect(judge(undefined, by())).toBeUndefined();
    expect(judge({ party: {} }, by())).toBeUndefined();
    expect(judge({ id: PATIENT, party: { tax_id: TAX_ID } }, by())).toBeUndefined();
    expect(judge({ party: { tax_id: TAX_ID } }, CONTENT)).toBeUndefined();
  });
});
