import { at, signed } from './platform.mjs';

/** Milliseconds between two looks at the job of a conclusion, whatever its eta is. */
const PAUSE = 3000;
/** So often, until whoever has left the page open closes it: after twelve minutes. */
const PATIENCE = 240;

/** A conclusion could not be made, signed or cancelled: every reason that was found. */
class Rejected extends Error {
  constructor(reasons) {
    super(reasons.join(' | '));
    this.reasons = reasons;
  }
}

const coded = (system, code) => ({ coding: [{ system, code }] });
/** Of a resource: with an empty text, as a helper of such systems makes them. */
const named = (kind, value) => ({ type: { ...coded('eHealth/resources', kind), text: '' }, value });

/** The body of a conclusion. */
export function conclusion({
  type,
  category,
  subject,
  encounter,
  author,
  focus,
  from,
  to,
  ...more
}) {
  const { extension = [], relatesTo } = more;
  return {
    type: coded('COMPOSITION_TYPES', type),
    category: coded('COMPOSITION_CATEGORIES', category),
    event: [
      {
        code: coded('COMPOSITION_EVENTS', 'COMPOSITION_VALIDITY_PERIOD'),
        period: {
          start: `${from}T00:00:01Z`,
          end: to === undefined ? null : `${to}T20:59:59Z`,
        },
      },
    ],
    subject: named(...subject),
    encounter: named('encounter', encounter),
    author: named('employee', author),
    section: { focus: named(...focus) },
    extension,
    ...(relatesTo
      ? {
          relatesTo: {
            code: relatesTo.code,
            targetIdentifier: named('composition', relatesTo.id),
          },
        }
      : {}),
  };
}

/** The life of one conclusion. */
export class Conclusions {
  constructor({ platform, sleep }) {
    this.platform = platform;
    this.sleep = sleep;
  }

  /** Creates one and finds out its id. */
  async create(body, patient, encounter) {
    const { data } = await this.platform.post('/api/patients/composition', body);
    const job = await this.wait(data.id);
    const id = idIn(job.links) ?? (await this.#search(body, patient, encounter));
    if (id === undefined) throw new Rejected(['the created conclusion is not found']);
    return id;
  }

  /** As the platform has it: that, and nothing else, is signed. */
  async read({ id, patient, episode, encounter }) {
    return (await this.platform.get(placeOf({ id, patient, episode, encounter }))).data;
  }

  async sign(place) {
    const data = signed(await this.read(place));
    const { data: job } = await this.platform.patch(`/api/patients/composition/${place.id}/sign`, {
      data,
    });
    await this.wait(job.id);
  }

  async cancel({ id, type, reason }) {
    const content = {
      identifier: named('composition', id),
      reason: coded(`eHealth/COMPOSITION_CANCELLATION_REASONS_${type}`, reason),
    };
    const { data: job } = await this.platform.patch(`/api/patients/composition/${id}/cancel`, {
      data: signed(content),
    });
    await this.wait(job.id);
  }

  async sendAgain(id) {
    const { data } = await this.platform.patch(`/api/patients/composition/${id}/erln`);
    await this.wait(data.id);
  }

  async integration(place) {
    return (await this.platform.get(`${placeOf(place)}/integrationData`)).data;
  }

  async printForm(place, template) {
    return (await this.platform.get(`${placeOf(place)}/printForm?templateId=${template}`)).text;
  }

  /**
   * Looks at a job until it is DONE or FAILED. Whatever goes wrong on the way is no reason to stop: the page looks
   * again in three seconds.
   */
  async wait(id) {
    for (let look = 0; look < PATIENCE; look += 1) {
      await this.sleep(PAUSE);
      const job = await this.#look(id);
      if (job?.status === 'FAILED') throw new Rejected(reasonsOf(job));
      if (job?.status === 'DONE') return job;
    }
    throw new Rejected([`job ${id} is open still`]);
  }

  async #look(id) {
    try {
      return (await this.platform.get(`/api/patients/composition/job/${id}`)).data;
    } catch {
      return undefined;
    }
  }

  /** Where no link tells an id, it is the newest one of the encounter. */
  async #search({ type }, patient, encounter) {
    const query = new URLSearchParams({
      subject: patient,
      encounter,
      type: type.coding[0].code,
    });
    const { data } = await this.platform.get(`/api/patients/searchComposition?${query}`);
    const newest = data.toSorted((a, b) => String(b.date).localeCompare(String(a.date)));
    return at(newest, '0.identifier.value');
  }
}

function placeOf({ id, patient, episode, encounter }) {
  return `/api/patients/${patient}/composition/${id}/episode/${episode}/encounter/${encounter}`;
}

/** Whichever text of a link ends in `composition/` and an id. */
function idIn(links) {
  const texts = (links ?? []).flatMap((link) => Object.values(link));
  for (const text of texts) {
    const found = /(?:\/|^)composition\/([0-9a-f-]{36})/i.exec(String(text));
    if (found) return found[1];
  }
  return undefined;
}

/** Reasons stand in links, in `error` or in `response_data`, as texts, objects or lists; a code may stand apart. */
function reasonsOf({ links = [], error, errors, response_data: response }) {
  const given = [
    ...links.map((link) => link?.error),
    error ?? errors ?? [],
    response?.error ?? [],
  ].flat();
  return [...new Set(given.filter(Boolean).map(reason))];
}

function reason(given) {
  if (typeof given === 'string') return given;
  const message = given.message ?? at(given, 'rules.0.description') ?? JSON.stringify(given);
  const code = given.code ?? at(given, 'rules.0.code');
  return code === undefined || /^\d{3,5}:/.test(message) ? message : `${code}: ${message}`;
}
