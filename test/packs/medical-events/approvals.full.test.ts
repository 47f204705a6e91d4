import { describe, expect, it } from 'vitest';
import { at, type Json } from '../../../src/contract/json.js';
import { openEvents, PATIENT, STRANGER } from './play.js';

const REQUEST = 'b0a5c7de-55e1-4a3c-8a0b-7d2c4d7f9b16';
const EPISODE = 'f3c28d1e-8d5a-4e24-9d0b-1f3f0a5c7e11';

async function open() {
  const events = await openEvents();
  /** Makes an approval, and says what can be asked of it. */
  const approve = async (change?: (content: Json) => unknown) => {
    const job = await events.write('createApproval', change ? { change } : {});
    const [link] = events.sandbox
      .resources()
      .filter(({ kind }) => kind === 'approval')
      .slice(-1);
    return { job, own: { at: { approvals: String(link?.id) } } };
  };
  return { ...events, approve };
}

const ofRequest = ({ resources: _, ...content }: Json) => ({
  ...content,
  service_request: {
    identifier: {
      type: { coding: [{ system: 'eHealth/resources', code: 'service_request' }] },
      value: REQUEST,
    },
  },
});

describe('an approval', () => {
  it('is not verified until the patient tells the code', async () => {
    const { approve, read } = await open();
    const { own } = await approve();
    expect((await read('getApproval', own)).json.data).toMatchObject({
      is_verified: false,
      access_level: 'read',
      authentication_method_current: { type: 'OTP', number: '+38093*****85' },
    });
    const wrong = await read('verifyApproval', { ...own, body: { code: 12 } });
    expect(wrong.status).toBe(422);
    expect(wrong.json.error.invalid[0].rules[0].description).toBe('Invalid verification code');
    const right = await read('verifyApproval', own);
    expect(right.status).toBe(200);
    expect((await read('getApproval', own)).json.data.is_verified).toBe(true);
    const again = await read('verifyApproval', own);
    expect(again.status).toBe(409);
    expect(again.json.error.message).toBe('Approval in status active can not be verified');
  });

  it('is sent again while it is new, and cancelled once', async () => {
    const { approve, read, write } = await open();
    const { own } = await approve();
    expect((await write('resendSmsOnApproval', own)).status).toBe('processed');
    await read('verifyApproval', own);
    expect((await write('resendSmsOnApproval', own)).error.message).toBe(
      'Approval in status active can not be resent',
    );
    expect((await write('cancelApproval', own)).status).toBe('processed');
    const { data } = (await read('getApproval', own)).json;
    expect(data).toMatchObject({ status: 'cancelled', expires_at: expect.any(String) });
    expect((await write('cancelApproval', own)).error.message).toBe(
      'Approval in status cancelled can not be cancelled',
    );
  });

  it('that is none, or another patient’s, is not found', async () => {
    const { approve, read, write } = await open();
    const { own } = await approve();
    expect((await read('verifyApproval', { ...own, patient: STRANGER })).status).toBe(404);
    expect((await read('getApproval', { ...own, patient: STRANGER })).status).toBe(404);
    const job = await write('resendSmsOnApproval', { ...own, patient: STRANGER });
    expect(job).toMatchObject({
      status: 'failed',
      error: { message: expect.stringMatching(/^Approval with id '.+' is not found$/) },
    });
  });

  it('ends after half a day', async () => {
    const { approve, read, sandbox } = await open();
    const { own } = await approve();
    sandbox.clock.advance('13h');
    const late = await read('verifyApproval', own);
    expect(late.json.error.message).toBe('Approval in status expired can not be verified');
    const expired = await read('getApprovals', { query: { is_expired: 'true' } });
    expect(expired.json.paging.total_entries).toBe(1);
  });

  it('lets episodes be seen among the approved ones', async () => {
    const { approve, read, write } = await open();
    await write('createEpisode');
    const { own } = await approve();
    expect((await read('getApprovedEpisodes')).json.data).toEqual([]);
    await read('verifyApproval', own);
    const { data } = (await read('getApprovedEpisodes')).json;
    expect(data.map(({ id }: Json) => id)).toEqual([EPISODE]);
  });

  it('of a service request grants what that permits, and asks for one that is active', async () => {
    const { write, approve, read } = await open();
    await write('createServiceRequest');
    expect((await approve(ofRequest)).job.error.message).toBe(
      'Service request does not contain resources references',
    );
    await write('recallServiceRequest');
    expect((await approve(ofRequest)).job.error.message).toBe('Service request should be active');
    const other = 'aaaaaaaa-55e1-4a3c-8a0b-7d2c4d7f9b16';
    const permitted = {
      identifier: {
        type: { coding: [{ system: 'eHealth/resources', code: 'episode_of_care' }] },
        value: EPISODE,
      },
    };
    await write('createServiceRequest', {
      change: (content) => ({ ...content, id: other, permitted_resources: [permitted] }),
    });
    const { own } = await approve((content) =>
      JSON.parse(JSON.stringify(ofRequest(content)).replace(REQUEST, other)),
    );
    const { data } = (await read('getApproval', own)).json;
    expect(at(data, 'granted_resources.0.identifier.value')).toBe(EPISODE);
    expect(at(data, 'reason.identifier.value')).toBe(other);
  });
});

describe('a list of approvals', () => {
  it.each([
    [{ is_verified: 'false' }, 1],
    [{ is_verified: 'true' }, 0],
    [{ is_expired: 'false' }, 1],
    [{ access_level: 'read' }, 1],
    [{ access_level: 'write' }, 0],
    [{ granted_resources: EPISODE }, 1],
    [{ granted_resources: PATIENT }, 0],
    [{ granted_to: PATIENT }, 0],
    [{ granted_resource_type: 'episode_of_care' }, 1],
    [{ granted_resource_type: 'device' }, 0],
  ])('with %j holds %i', async (query, count) => {
    const { approve, read } = await open();
    await approve();
    const { json, status } = await read('getApprovals', { query });
    expect(`${status} ${json.data?.length}`).toBe(`200 ${count}`);
  });
});
