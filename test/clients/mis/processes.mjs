import { Conclusions, conclusion } from './conclusions.mjs';
import { resolve, resolveInQueue } from './jobs.mjs';
import { PLAIN, Refused } from './platform.mjs';

/*
 * The processes of a medical information system, each as a function that says what the system has seen: a line for
 * each step.
 */

/** A disability of the patient by sickness, of these days. */
function sickness({ patient, encounter, author }, from, to, more = {}) {
  const subject = more.subject ?? ['person', patient];
  return conclusion({
    type: 'TEMP_DISABILITY',
    category: 'SICKNESS',
    subject,
    focus: more.focus ?? subject,
    encounter,
    author,
    from,
    to,
    ...more,
  });
}

function birth({ newborn, mother, encounter, author, born }) {
  return conclusion({
    type: 'NEWBORN',
    category: 'LIVE_BIRTH',
    subject: ['preperson', newborn],
    focus: ['person', mother],
    encounter,
    author,
    from: born,
    extension: [
      { valueCode: 'NEWBORN_BIRTH_DATE', valueDate: born },
      { valueCode: 'NEWBORN_SEX', valueString: 'FEMALE' },
    ],
  });
}

/** Creates, reads, signs and reads again; the lines that this gives, and where it is. */
async function made(mis, body, patient) {
  const { conclusions, given } = mis;
  const { encounter, episode } = given;
  const id = await conclusions.create(body, patient, encounter);
  const place = { id, patient, episode, encounter };
  const draft = (await conclusions.read(place)).status;
  await conclusions.sign(place);
  return { place, lines: [`created ${draft}`, `signed ${await statusOf(mis, place)}`] };
}

async function statusOf({ conclusions }, place) {
  return (await conclusions.read(place)).status;
}

async function tasksOf({ conclusions }, place) {
  const tasks = await conclusions.integration(place);
  return tasks.map(
    ({ component, taskStatus, integrationStatus }) =>
      `${component} ${taskStatus} ${integrationStatus}`,
  );
}

export const PROCESSES = {
  async 'create-and-sign'(mis) {
    const { from, to } = mis.given;
    const { place, lines } = await made(mis, sickness(mis.given, from, to), mis.given.patient);
    const form = await mis.conclusions.printForm(place, '1001');
    return [...lines, ...(await tasksOf(mis, place)), form.includes('<') ? 'printed' : 'no form'];
  },

  async RC_4(mis) {
    const { from, to } = mis.given;
    const { place, lines } = await made(mis, sickness(mis.given, from, to), mis.given.patient);
    const before = await tasksOf(mis, place);
    await mis.conclusions.sendAgain(place.id);
    return [...lines, ...before, 'sent again', ...(await tasksOf(mis, place))];
  },

  async RC_5(mis) {
    const { from, to, next, until, patient } = mis.given;
    const first = await made(mis, sickness(mis.given, from, to), patient);
    const relatesTo = { code: 'appends', id: first.place.id };
    const second = await made(mis, sickness(mis.given, next, until, { relatesTo }), patient);
    const before = await statusOf(mis, first.place);
    return [...first.lines, ...second.lines, `the one before ${before}`];
  },

  async RC_6(mis) {
    const { from, to, unknown, patient } = mis.given;
    const subject = ['preperson', unknown];
    const first = await made(mis, sickness(mis.given, from, to, { subject }), unknown);
    const relatesTo = { code: 'replaces', id: first.place.id };
    const second = await made(mis, sickness(mis.given, from, to, { relatesTo }), patient);
    const before = await statusOf(mis, first.place);
    return [...first.lines, ...second.lines, `the refined ${before}`];
  },

  async RC_7(mis) {
    const { from, to, patient } = mis.given;
    const first = await made(mis, sickness(mis.given, from, to), patient);
    const reason = 'INCORRECT_PATIENT';
    await mis.conclusions.cancel({ id: first.place.id, type: 'TEMP_DISABILITY', reason });
    const relatesTo = { code: 'replaces', id: first.place.id };
    const second = await made(mis, sickness(mis.given, from, to, { relatesTo }), patient);
    const before = await statusOf(mis, first.place);
    return [...first.lines, ...second.lines, `the one before ${before}`];
  },

  async birth(mis) {
    const { newborn } = mis.given;
    const { place, lines } = await made(mis, birth(mis.given), newborn);
    return [...lines, ...(await tasksOf(mis, place))];
  },

  async cancellation(mis) {
    const { from, to, patient } = mis.given;
    const { place, lines } = await made(mis, sickness(mis.given, from, to), patient);
    const reason = 'INCORRECT_OTHER';
    await mis.conclusions.cancel({ id: place.id, type: 'TEMP_DISABILITY', reason });
    return [...lines, `cancelled ${await statusOf(mis, place)}`, ...(await tasksOf(mis, place))];
  },

  /** An episode, an encounter in it, and what both look like afterwards. */
  async 'encounter-package'({ platform, sleep, given }) {
    const { patient, bodies } = given;
    const here = `/api/patients/${patient}`;
    const episode = await platform.post(`${here}/episodes`, bodies.episode);
    await resolve(platform, episode.data, sleep);
    const opened = await platform.get(`${here}/episodes/${bodies.episode.id}`);
    const sent = await platform.post(`${here}/encounter_package`, bodies.encounter);
    const job = await resolve(platform, sent.data, sleep);
    const { encounter } = JSON.parse(Buffer.from(bodies.encounter.signed_data, 'base64'));
    const read = await platform.get(`${here}/encounters/${encounter.id}`);
    const listed = await platform.get(`${here}/encounters?page_size=100`);
    return [
      `episode ${opened.data.status}`,
      `job ${job.status}: ${(job.links ?? []).map(({ entity }) => entity).join(' ')}`,
      `encounter ${read.data.status}`,
      `listed ${listed.data.some(({ id }) => id === encounter.id)}`,
    ];
  },

  /** An approval, by the queue if it is a job, and the code that the patient was sent. */
  async approval({ platform, sleep, given }) {
    const { patient, bodies } = given;
    const here = `/api/patients/${patient}/approvals`;
    const sent = await platform.post(here, bodies.approval);
    if (sent.status !== 202 && !PLAIN.includes(sent.status))
      throw new Error(`an approval is answered ${sent.status}`);
    const approval =
      sent.status === 202 ? await resolveInQueue(platform, sent.data, sleep) : sent.data;
    const { id, authentication_method_current: method } = approval;
    await resolve(platform, (await platform.patch(`${here}/${id}/actions/resend`, {})).data, sleep);
    const verified = await platform.patch(`${here}/${id}`, { code: 1234 });
    if (verified.status !== 200) throw new Error(`verifying is answered ${verified.status}`);
    const { data } = await platform.get(`${here}/${id}`);
    return [`sent ${sent.status}`, `by ${method?.type}`, `verified ${data.is_verified}`];
  },

  /** A referral: asked whether it may be, signed, then used, taken into work and completed elsewhere. */
  async 'service-request'({ platform, sleep, given }) {
    const { patient, bodies } = given;
    const here = `/api/patients/${patient}/service_requests`;
    const lines = [];
    const asked = await platform.post(`${here}/prequalify`, bodies.prequalify);
    lines.push(`prequalified ${asked.data.map(({ status }) => status).join(' ')}`);
    const sent = await platform.post(here, bodies.serviceRequest);
    const job = await resolve(platform, sent.data, sleep);
    const id = job.links?.[0]?.href.split('/').at(-1) ?? job.id;
    const read = async () => (await platform.get(`${here}/${id}`)).data.status;
    lines.push(`created ${await read()}`);
    for (const action of ['use', 'process', 'complete']) {
      const path = `/api/service_requests/${id}/actions/${action}`;
      const done = await platform.patch(path, bodies[action] ?? {});
      await resolve(platform, done.data, sleep);
      lines.push(`${action} ${await read()}`);
    }
    return lines;
  },
};

/**
 * Runs one process as far as it goes.
 * @returns what was seen, with the reason for which it ended early, if it did
 */
export async function runProcess(name, { platform, sleep, given }) {
  const mis = { platform, sleep, given, conclusions: new Conclusions({ platform, sleep }) };
  try {
    return await PROCESSES[name](mis);
  } catch (problem) {
    const status = problem instanceof Refused ? ` ${problem.status}` : '';
    return [`${problem.constructor.name}${status}: ${problem.message}`];
  }
}
