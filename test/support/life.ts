import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { CREDENTIALS } from './client.js';
import { disability } from './conclusions.js';
import { eventually } from './eventually.js';
import { openSandbox } from './sandbox.js';
import { openWire } from './wire.js';

type Options = Parameters<typeof openSandbox>[0];

/** A sandbox that plays one scenario, given as it stands below its name. */
export async function play(text: string, options: Options = {}) {
  const scenarios = await mkdtemp(join(tmpdir(), 'faults-'));
  onTestFinished(() => rm(scenarios, { recursive: true }));
  await writeFile(join(scenarios, 'own.yaml'), `scenario: own\n${text}`);
  const opened = await openSandbox({ scenarios, scenario: 'own', ...options });
  return { ...opened, journal: () => opened.sandbox.journal({ after: 1 }) };
}

/** The same, with a job that was scheduled. */
export async function playJob(life: string, options: Options = {}) {
  const opened = await play(`life: [${life}, { state: DONE }]`, options);
  const { json } = await opened.client.create(disability());
  return { ...opened, job: String(json.data.id) };
}

type Played = Awaited<ReturnType<typeof playJob>>;

export const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`;
export const HEAD = [
  'Host: localhost',
  ...Object.entries(CREDENTIALS).map(([k, v]) => `${k}: ${v}`),
];

/** A connection on which the job was polled; the sandbox has the poll. */
export async function pollByWire({ sandbox, job }: Played) {
  const wire = await openWire(sandbox.url);
  const { polls } = sandbox.job(job);
  wire.write(lines(`GET /api/patients/composition/job/${job} HTTP/1.1`, ...HEAD));
  await eventually(() => sandbox.job(job).polls > polls);
  return wire;
}

/** A connection on which a conclusion was sent to be created. */
export async function createByWire(url: string) {
  const wire = await openWire(url);
  const body = JSON.stringify(disability());
  const type = ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`];
  wire.write(lines('POST /api/patients/composition HTTP/1.1', ...HEAD, ...type) + body);
  return wire;
}
