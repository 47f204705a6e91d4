import { describe, expect, it } from 'vitest';
import { type Answered, base64, CREDENTIALS, send } from '../../support/client.js';
import { openSandbox } from '../../support/sandbox.js';

const ID = '6d0e2a9f-b384-4c15-9f76-e3a8c5d1b047';
const PERSON = '1d4f0c2a-9b3e-4c57-8a61-e0f7d2b94c18';

/** Operations of requests that take a body. */
const OPERATIONS = [
  'POST /person_requests',
  'POST /v2/person_requests',
  `PATCH /v2/person_requests/${ID}/actions/approve`,
  `PATCH /v2/person_requests/${ID}/actions/sign`,
  'POST /v3/declaration_requests',
  `PATCH /v3/declaration_requests/${ID}/actions/approve`,
  `PATCH /v3/declaration_requests/${ID}/actions/sign`,
  'POST /merge_requests',
  `PATCH /merge_requests/${ID}/actions/approve`,
  `PATCH /merge_requests/${ID}/actions/sign`,
  `POST /persons/${PERSON}/authentication_method_requests`,
  `PATCH /persons/${PERSON}/authentication_method_requests/${ID}/actions/approve`,
  `POST /persons/${PERSON}/confidant_person_relationship_requests`,
  `POST /persons/${PERSON}/confidant_person_relationship_requests/deactivate`,
  `PATCH /persons/${PERSON}/confidant_person_relationship_requests/${ID}/actions/sign`,
  `PATCH /medication_request_requests/${ID}/actions/sign`,
  'POST /v2/employee_requests',
];

/** What is not held to the contract may come to an answer that the contract does not allow. */
const UNANSWERABLE = 'The sandbox has no answer that the contract allows';

const WRONG = [null, 7, 'text', [], {}, { id: null }, { id: { id: [] } }];
const MEMBERS = [
  'person',
  'person_id',
  'employee_id',
  'authorize_with',
  'master_person_id',
  'merge_person_id',
  'action',
  'authentication_method',
  'confidant_person_id',
  'confidant_person_relationship',
  'verification_code',
];
const SIGNED = [
  'signed_content',
  'signed_declaration_request',
  'signed_medication_request_request',
];

/** Bodies that no client should send. */
const BODIES: unknown[] = [
  ...WRONG,
  ...WRONG.flatMap((wrong) => MEMBERS.map((member) => ({ [member]: wrong }))),
  ...WRONG.map((wrong) => Object.fromEntries(MEMBERS.map((member) => [member, wrong]))),
  ...[{}, { employee_request: null }, { employee_request: { party: 7, employee_type: [] } }].map(
    (content) => ({
      ...Object.fromEntries(SIGNED.map((member) => [member, base64(content)])),
      signed_content_encoding: 'base64',
    }),
  ),
];

describe.each(['on', 'off'] as const)('while the contract is %s', (validate) => {
  it.each(OPERATIONS)('%s refuses what is no good body, and says where', async (operation) => {
    const { sandbox } = await openSandbox({ pack: 'esoz', validate });
    const [method = '', path] = operation.split(' ');
    const ask = (body: unknown) =>
      send(method, `${sandbox.url}/api${path}`, {
        body: JSON.stringify(body),
        headers: { ...CREDENTIALS, 'Content-Type': 'application/json' },
      });
    const answers = await Promise.all(BODIES.map(ask));
    const isWrong = ({ status, text }: Answered) =>
      status >= 500 && (validate === 'on' || !text.includes(UNANSWERABLE));
    const failed = answers.findIndex(isWrong);
    expect(failed < 0 ? undefined : [BODIES[failed], answers[failed]?.text]).toBeUndefined();
    for (const { status, json } of answers) {
      if (status < 400 || status >= 500) continue;
      expect(json).toMatchObject({ meta: { code: status }, error: { type: expect.any(String) } });
      if (status !== 422 || !json.error.invalid) continue;
      expect(json.error.invalid[0].entry).toMatch(/^\$/);
    }
  });
});
