import type { Json } from '../../src/contract/json.js';
import { type Answered, base64, CREDENTIALS, send } from './client.js';
import { openSandbox } from './sandbox.js';

/** The code that everybody is sent. */
export const CODE = { verification_code: 3782 };

/** A client of the platform that knows what the world begins with. */
export async function openGeneral(settings: Record<string, number | string> = {}) {
  const { sandbox } = await openSandbox({ pack: 'esoz', settings });
  const ask = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) =>
    send(method, `${sandbox.url}/api${path}`, {
      ...(body === undefined ? {} : { body }),
      headers: { ...CREDENTIALS, ...headers },
    });
  const { json } = await send('GET', `${sandbox.url}/__sandbox/world`);
  const { patient_id, employee_id, division_id, authentication_method_id } = json.begin;
  const example = async (operation: string): Promise<Json> =>
    (await send('GET', `${sandbox.url}/__sandbox/examples/${operation}`)).json;
  /** A declaration request of the first patient. */
  const declare = (more: Json = {}) =>
    ask('POST', '/v3/declaration_requests', {
      person_id: patient_id,
      employee_id,
      division_id,
      authorize_with: authentication_method_id,
      ...more,
    });
  const approve = (id: string, body: unknown = CODE) =>
    ask('PATCH', `/v3/declaration_requests/${id}/actions/approve`, body);
  const sign = (id: string, content: Json, headers: Record<string, string> = {}) =>
    ask(
      'PATCH',
      `/v3/declaration_requests/${id}/actions/sign`,
      { signed_declaration_request: base64(content) },
      headers,
    );
  /** One that is approved, with what is to be signed. */
  const approved = async () => {
    const { json: begun } = await declare();
    const { json: agreed } = await approve(begun.data.id);
    const content = structuredClone(agreed.data.data_to_be_signed);
    content.person.patient_signed = true;
    return {
      id: begun.data.id as string,
      declaration: begun.data.declaration_id as string,
      content,
    };
  };
  const person = json.begin.patient_id as string;
  return { sandbox, ask, example, declare, approve, sign, approved, person, begin: json.begin };
}

/** The error of an answer, with its status. */
export const errorOf = ({ status, json }: Answered) => ({ status, ...json.error });
