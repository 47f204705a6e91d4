/**
 * A proxy that lies now and then, as a broken store would: it shows that the checker finds each kind of lie. It tells true
 * answers byte by byte.
 */
import { createServer, request as send } from 'node:http';

const JOB = /^(\/~[^/]+)(\/api\/patients\/composition\/job\/|\/orders\/)([0-9a-f-]{36})$/;
const SESSION = /\/(?:~|sessions\/)([^/?]+)/;
const isPoll = ({ method, path }) => method === 'GET' && JOB.test(path);
const isSchedule = ({ method, path }) =>
  method === 'POST' && /(\/orders|\/patients\/composition)$/.test(path);
const isGood = ({ status }) => status === 200 || status === 202;

/** Another text of the same length, where it has what the lie needs; undefined where it has not. */
const swapped = (text, from, to) => (text.includes(from) ? text.replace(from, to) : undefined);

const NOT_FOUND = {
  status: 404,
  headers: { 'content-type': 'application/json' },
  text: '{"refused":404,"why":"Not found"}',
};

/** @typedef {{ method: string, path: string, headers: object, body: Buffer }} Asked */
/** @typedef {{ status: number, headers: object, text: string }} Answer */

/**
 * Each lie says for which exchanges it can be told; `before` answers without asking, `after` changes an answer.
 *
 * @type {Record<string, { before?: (asked: Asked, seen: Seen) => Answer | undefined,
 *   after?: (asked: Asked, answer: Answer, seen: Seen) => string | undefined }>}
 */
export const LIES = {
  // A poll that was answered is forgotten.
  'a poll is dropped': {
    before: (asked, seen) => (isPoll(asked) ? seen.polls.get(asked.path) : undefined),
  },
  // A poll is written down twice.
  'a poll counts twice': { twice: isPoll },
  // A job that was acknowledged is none.
  'a job is lost': {
    before: (asked) => (isPoll(asked) && asked.path.includes('/orders/') ? NOT_FOUND : undefined),
  },
  'an old state is answered': {
    after: (asked, { text }, seen) => {
      const old = isPoll(asked) ? seen.first.get(asked.path) : undefined;
      return old !== undefined && stateOf(old) !== stateOf(text) ? old : undefined;
    },
  },
  'an id is repeated': {
    after: (asked, { text }, seen) => {
      const last = isSchedule(asked) ? seen.ids.at(-1) : undefined;
      const id = idOf(text);
      return last && id && last !== id ? text.replaceAll(id, last) : undefined;
    },
  },
  'an eta is shifted': {
    after: (asked, { text }) => {
      const [whole, digit] = (isPoll(asked) && /"eta":"[^"]+(\d)Z"/.exec(text)) || [];
      return (
        whole && text.replace(whole, whole.replace(`${digit}Z`, `${(Number(digit) + 1) % 10}Z`))
      );
    },
  },
  'a polled job shows one poll less': {
    after: (asked, { text }) => {
      const [whole, polls] =
        (asked.path.includes('/jobs/') && /"polls":([1-9])\b/.exec(text)) || [];
      return whole && text.replace(whole, `"polls":${Number(polls) - 1}`);
    },
  },
  'a line of the journal is left out': {
    after: (asked, { text }) => {
      if (!asked.path.includes('&limit=')) return undefined;
      const journal = JSON.parse(text);
      if (journal.exchanges.length === 0) return undefined;
      return JSON.stringify({ ...journal, exchanges: journal.exchanges.slice(1) });
    },
  },
  'the clock is behind': {
    after: (asked, { text }) =>
      asked.path.endsWith('/clock/advance') ? swapped(text, '00Z', '50Z') : undefined,
  },
  'the queue has one entry less': {
    after: (asked, { text }) => {
      if (!asked.path.endsWith('/next') || asked.method !== 'POST') return undefined;
      const session = JSON.parse(text);
      return session.queue && JSON.stringify({ ...session, queue: session.queue.slice(1) });
    },
  },
  'a list has one job less': {
    after: (asked, { text }) => {
      if (asked.method !== 'GET' || !/\/orders(\?|$)/.test(asked.path)) return undefined;
      const list = JSON.parse(text);
      return list.orders?.length
        ? JSON.stringify({ ...list, orders: list.orders.slice(1) })
        : undefined;
    },
  },
};

const stateOf = (text) => /"status":"(\w+)"/.exec(text)?.[1];
const idOf = (text) => /"(?:order|id)":"([0-9a-f-]{36})"/.exec(text)?.[1];

/** What has been answered, to tell it again. */
class Seen {
  polls = new Map();
  first = new Map();
  ids = [];

  note(asked, answer) {
    if (isPoll(asked) && answer.whole && answer.status === 200) {
      this.polls.set(asked.path, answer);
      if (!this.first.has(asked.path)) this.first.set(asked.path, answer.text);
    }
    const id = isSchedule(asked) && isGood(answer) ? idOf(answer.text) : undefined;
    if (id) this.ids = [...this.ids.slice(-5), id];
  }
}

/**
 * @param {{ chance: import('./random.mjs').Chance, share: number, breaks: number, only?: string }} lying  `breaks`: the share of
 *   connections that break, before the product is asked or behind it, as they do when it is killed
 * @returns {(port: number) => Promise<Proxy>}
 *
 * @typedef {{ name: string, session: string, found: boolean }} Lie
 * @typedef {{ port: number, close: () => void, told: Lie[] }} Proxy
 */
export function lyingProxy({ chance, share, breaks, only }) {
  const names = only === undefined ? Object.keys(LIES) : [only];
  /** @type {Lie[]} */
  const told = [];
  return async (port) => {
    const seen = new Seen();
    /** Lies that wait for an exchange that they can be told of. */
    const due = [];
    const lie = (asked, find) => {
      const at = due.findIndex((name) => find(LIES[name]) !== undefined);
      if (at < 0) return undefined;
      const [name] = due.splice(at, 1);
      told.push({ name, session: SESSION.exec(asked.path)[1], found: false });
      return find(LIES[name]);
    };
    const server = createServer((asked, reply) => {
      if (chance.often(share)) due.push(chance.one(names));
      const broken = chance.often(breaks) ? chance.one(['before', 'behind']) : undefined;
      pass({ asked, reply, port, seen, lie, broken }).catch(() => reply.destroy());
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const close = () => {
      server.close();
      server.closeAllConnections();
    };
    return { port: server.address().port, close, told };
  };
}

async function pass({ asked, reply, port, seen, lie, broken }) {
  const body = await bodyOf(asked);
  const message = { method: asked.method, path: asked.url, headers: asked.headers, body };
  if (broken === 'before') return reply.destroy();
  const instead = lie(message, ({ before }) => before?.(message, seen));
  if (instead) return answer(reply, instead);
  if (lie(message, ({ twice }) => twice?.(message) || undefined))
    await forward(message, port, reply);
  const came = await forward(message, port, reply);
  const isTold = came.whole && isGood(came);
  const changed = isTold ? lie(message, ({ after }) => after?.(message, came, seen)) : undefined;
  seen.note(message, came);
  if (broken === 'behind') return reply.destroy();
  return answer(reply, changed === undefined ? came : { ...came, text: changed, changed: true });
}

async function bodyOf(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** @returns {Promise<Answer & { whole: boolean }>} rejected when the connection breaks without an answer */
function forward({ method, path, headers, body }, port, reply) {
  return new Promise((resolve, reject) => {
    const passed = send({ host: '127.0.0.1', port, method, path, headers, agent: false });
    reply.on('close', () => reply.writableFinished || passed.destroy());
    passed.on('error', reject);
    passed.on('response', async (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', () => {});
      response.on('close', () => {
        const text = Buffer.concat(parts).toString('utf8');
        resolve({
          status: response.statusCode,
          headers: response.headers,
          text,
          whole: response.complete,
        });
      });
    });
    passed.end(body);
  });
}

function answer(reply, { status, headers, text, whole = true, changed }) {
  const own = { ...headers };
  if (changed) own['content-length'] = Buffer.byteLength(text);
  reply.writeHead(status, own);
  if (whole) return reply.end(text);
  reply.write(text, () => reply.destroy());
}
