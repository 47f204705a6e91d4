import { Conclusions, conclusion } from './conclusions.mjs';
import { resolve, resolveInQueue } from './jobs.mjs';
import { at, PLAIN, Refused, signed } from './platform.mjs';

/*
 * The processes of a medical information system, each as a function that says what the system has seen: a line for
 * each step.
 */

/** A disability of a patient by sickness, of these days. */
const sickness =
  (mis, from, to, { subject = ['person', mis.given.patient], ...more } = {}) =>
  (around) =>
    conclusion({
      type: 'TEMP_DISABILITY',
      category: 'SICKNESS',
      subject,
      focus: subject,
      author: mis.given.author,
      from,
      to,
      ...around,
      ...more,
    });

const birth =
  ({ given: { newborn, mother, author, born } }) =>
  ({ encounter, extension }) =>
    conclusion({
      type: 'NEWBORN',
      category: 'LIVE_BIRTH',
      subject: ['preperson', newborn],
      focus: ['person', mother],
      encounter,
      author,
      from: born,
      extension: [
        ...extension,
        { valueCode: 'NEWBORN_BIRTH_DATE', valueDate: born },
        { valueCode: 'NEWBORN_SEX', valueString: 'FEMALE' },
      ],
    });

/** The finished encounter of the author that a conclusion is made of, as its form offers it: none twice, if possible. */
async function encounterOf({ platform, given, used }, patient) {
  const { data } = await platform.get(`/api/patients/${patient}/encounters?page_size=100`);
  const own = data.filter(
    ({ status, performer }) =>
      status === 'finished' && performer?.identifier?.value === given.author,
  );
  const offered = own.length > 0 ? own : data;
  const { id, episode } = offered.find((one) => !used.has(one.id)) ?? offered[0];
  used.add(id);
  return { encounter: id, episode: episode.identifier.value };
}

/** How a person is told of it; nobody is told of somebody whose name is not known. */
async function informed({ platform }, person) {
  if (person === undefined) return [];
  const { data } = await platform.get(`/api/persons/${person}/authentication_methods`);
  const [method] = data;
  return method === undefined ? [] : [{ valueCode: 'INFORM_WITH', valueUuid: method.id }];
}

/** Looks for an encounter, creates, reads, signs and reads again; the lines that this gives, and where it is. */
async function made(mis, write, patient, person) {
  const { conclusions } = mis;
  const { encounter, episode } = await encounterOf(mis, patient);
  const body = write({ encounter, extension: await informed(mis, person) });
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
    const { place, lines } = await made(
      mis,
      sickness(mis, from, to),
      mis.given.patient,
      mis.given.patient,
    );
    const form = await mis.conclusions.printForm(place, '1001');
    return [...lines, ...(await tasksOf(mis, place)), form.includes('<') ? 'printed' : 'no form'];
  },

  async RC_4(mis) {
    const { from, to } = mis.given;
    const { place, lines } = await made(
      mis,
      sickness(mis, from, to),
      mis.given.patient,
      mis.given.patient,
    );
    const before = await tasksOf(mis, place);
    await mis.conclusions.sendAgain(place.id);
    return [...lines, ...before, 'sent again', ...(await tasksOf(mis, place))];
  },

  async RC_5(mis) {
    const { from, to, next, until, patient } = mis.given;
    const first = await made(mis, sickness(mis, from, to), patient, patient);
    const relatesTo = { code: 'appends', id: first.place.id };
    const second = await made(mis, sickness(mis, next, until, { relatesTo }), patient, patient);
    const before = await statusOf(mis, first.place);
    return [...first.lines, ...second.lines, `the one before ${before}`];
  },

  async RC_6(mis) {
    const { from, to, unknown, patient } = mis.given;
    const subject = ['preperson', unknown];
    const first = await made(mis, sickness(mis, from, to, { subject }), unknown);
    const relatesTo = { code: 'replaces', id: first.place.id };
    const second = await made(mis, sickness(mis, from, to, { relatesTo }), patient, patient);
    const before = await statusOf(mis, first.place);
    return [...first.lines, ...second.lines, `the refined ${before}`];
  },

  /** Whether one may stand in its place is told by the conclusion as the platform has it now. */
  async RC_7(mis) {
    const { from, to, patient } = mis.given;
    const first = await made(mis, sickness(mis, from, to), patient, patient);
    const reason = 'INCORRECT_PATIENT';
    await mis.conclusions.cancel({ id: first.place.id, type: 'TEMP_DISABILITY', reason });
    const cancelled = await statusOf(mis, first.place);
    const relatesTo = { code: 'replaces', id: first.place.id };
    const second = await made(mis, sickness(mis, from, to, { relatesTo }), patient, patient);
    return [...first.lines, `cancelled ${cancelled}`, ...second.lines];
  },

  async birth(mis) {
    const { newborn, mother } = mis.given;
    const { place, lines } = await made(mis, birth(mis), newborn, mother);
    return [...lines, ...(await tasksOf(mis, place))];
  },

  async cancellation(mis) {
    const { from, to, patient } = mis.given;
    const { place, lines } = await made(mis, sickness(mis, from, to), patient, patient);
    const reason = 'INCORRECT_OTHER';
    await mis.conclusions.cancel({ id: place.id, type: 'TEMP_DISABILITY', reason });
    return [...lines, `cancelled ${await statusOf(mis, place)}`, ...(await tasksOf(mis, place))];
  },

  /** An episode, an encounter in it, and what both look like afterwards. */
  async 'encounter-package'({ platform, sleep, given }) {
    const { bodies } = given;
    const here = `/api/patients/${given.recorded}`;
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
    const { bodies } = given;
    const here = `/api/patients/${given.recorded}/approvals`;
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

  /** A referral, from an encounter: asked whether it may be, signed, then used, taken into work and completed elsewhere. */
  async 'service-request'(mis) {
    const { platform, sleep, given } = mis;
    const { bodies } = given;
    await PROCESSES['encounter-package'](mis);
    const here = `/api/patients/${given.recorded}/service_requests`;
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

  /** A declaration with a doctor: asked for, confirmed by the code that the patient was sent, signed. */
  async 'declaration-request'({ platform, sleep, given }) {
    const { patient: person_id, author: employee_id, division: division_id, code } = given;
    const here = '/api/v3/declaration_requests';
    const begun = await platform.post(here, { person_id, employee_id, division_id });
    const { id, status } = begun.data;
    const by = at(begun.body, 'urgent.authentication_method_current.type');
    const approved = await plain(
      platform.patch(`${here}/${id}/actions/approve`, { verification_code: code }),
    );
    const content = approved.data.data_to_be_signed;
    const person = { ...content.person, patient_signed: true };
    const made = await plain(
      platform.patch(`${here}/${id}/actions/sign`, {
        signed_declaration_request: signed({ ...content, person }),
      }),
    );
    const read = await awaited(platform, `/api/declarations/${made.data.id}`, sleep);
    return [
      `requested ${status} by ${by}`,
      `approved ${approved.data.status}`,
      `signed ${made.data.status}`,
      `declaration ${read?.data.status ?? 'not there'}`,
    ];
  },

  /** A patient is registered, in the same way. */
  async 'person-request'({ platform, sleep, given }) {
    const here = '/api/v2/person_requests';
    const begun = await platform.post(here, given.bodies.person);
    const { id, status } = begun.data;
    const approved = await plain(
      platform.patch(`${here}/${id}/actions/approve`, { verification_code: given.code }),
    );
    const signed_content = signed({ ...approved.data, patient_signed: true });
    const made = await plain(platform.patch(`${here}/${id}/actions/sign`, { signed_content }));
    const methods = `/api/persons/${made.data.person_id}/authentication_methods`;
    const read = await awaited(platform, methods, sleep);
    return [
      `requested ${status}`,
      `approved ${approved.data.status}`,
      `signed ${made.data.status}`,
      `told by ${read?.data.map(({ type }) => type).join(' ') ?? 'nothing'}`,
    ];
  },
};

/** An answer that counts by 200 and 201 alone: any other success has done nothing that it knows of. */
async function plain(asked) {
  const answer = await asked;
  if (!PLAIN.includes(answer.status)) throw new Error(`this is answered ${answer.status}`);
  return answer;
}

/** What appears some time after it was signed: until then it is unknown, or nobody may see it. */
async function awaited(platform, path, sleep) {
  for (let look = 0; look < 10; look += 1) {
    await sleep(2000);
    try {
      return await platform.get(path);
    } catch (problem) {
      if (![403, 404].includes(problem.status)) throw problem;
    }
  }
  return undefined;
}

/**
 * Runs one process as far as it goes.
 * @returns what was seen, with the reason for which it ended early, if it did
 */
export async function runProcess(name, { platform, sleep, given }) {
  const mis = {
    platform,
    sleep,
    given,
    used: new Set(),
    conclusions: new Conclusions({ platform, sleep }),
  };
  try {
    return await PROCESSES[name](mis);
  } catch (problem) {
    const status = problem instanceof Refused ? ` ${problem.status}` : '';
    return [`${problem.constructor.name}${status}: ${problem.message}`];
  }
}
