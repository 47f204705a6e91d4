import { expect } from 'vitest';
import type { SandboxOptions } from '../../src/index.js';
import { type Answered, base64 } from './client.js';
import { cancellation, ENCOUNTER, PATIENT } from './conclusions.js';
import { LONG_ENOUGH, openSandbox } from './sandbox.js';

/** A sandbox, and a client that takes conclusions through their lives: every job comes to its end. */
export async function openConclusions(options: SandboxOptions = {}) {
  const { sandbox, client } = await openSandbox(options);

  /** The job of an answer, at its end. */
  async function end(scheduled: Answered) {
    expect(scheduled.status, scheduled.text).toBe(200);
    sandbox.clock.advance(LONG_ENOUGH);
    return (await client.poll(scheduled.json.data.id)).json.data;
  }

  /** Its id, or the test fails. */
  async function done(scheduled: Answered): Promise<string> {
    const job = await end(scheduled);
    expect(job.status, JSON.stringify(job)).toBe('DONE');
    return job.links[0].href.split('/').at(-1);
  }

  const read = async (id: string, patient = PATIENT) =>
    (await client.read(patient, ENCOUNTER, id)).json.data;
  const make = async (body: unknown) => done(await client.create(body));
  const sign = async (id: string, patient = PATIENT) =>
    done(await client.sign(id, base64(await read(id, patient))));
  const signed = async (body: unknown, patient = PATIENT) => sign(await make(body), patient);
  const cancel = async (id: string, content: unknown = cancellation(id)) =>
    done(await client.cancel(id, base64(content)));
  const integration = (id: string, patient = PATIENT) =>
    client.api(
      'GET',
      `/patients/${patient}/encounter/${ENCOUNTER}/composition/${id}/integrationData`,
    );
  const tasks = async (id: string, patient = PATIENT) => (await integration(id, patient)).json.data;
  /** The reason for which a body's job is FAILED. */
  const failure = async (body: unknown) => {
    const job = await end(await client.create(body));
    expect(job.status, JSON.stringify(job)).toBe('FAILED');
    return job.links[0].error as string;
  };
  return {
    sandbox,
    client,
    end,
    done,
    read,
    make,
    sign,
    signed,
    cancel,
    integration,
    tasks,
    failure,
  };
}

export type Conclusions = Awaited<ReturnType<typeof openConclusions>>;
