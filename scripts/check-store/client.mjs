/** Sends a request and says what came of it. */
import { Agent, request as send } from 'node:http';

/** So long a client waits before it asks the journal whether its request hangs. */
const PATIENCE = 80;

/**
 * @typedef {object} Reply
 * @property {number} [status]  absent when no head came
 * @property {object} [headers]
 * @property {string} [text]
 * @property {boolean} [whole]  the body came to its end
 * @property {boolean} [unsent] nobody listened: it has not happened
 * @property {boolean} [left]   the client has left a request that hung
 */

export class Client {
  /** @param {{ host?: string, port: number }} to */
  constructor(to) {
    this.to = { host: '127.0.0.1', ...to };
    this.agent = new Agent({ keepAlive: true, maxSockets: 64 });
  }

  /**
   * @param {{ method: string, path: string, headers?: object, body?: unknown }} message
   * @param {() => Promise<boolean>} [hangs]  whether the product says that it hangs
   * @returns {Promise<Reply>}
   */
  send({ method, path, headers = {}, body }, hangs) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const all = { ...headers };
    if (text !== undefined) {
      all['content-type'] = 'application/json';
      all['content-length'] = Buffer.byteLength(text);
    }
    return new Promise((resolve) => {
      const asked = send({ ...this.to, agent: this.agent, method, path, headers: all });
      const looking = hangs && watch(asked, hangs, resolve);
      const end = (reply) => {
        looking?.stop();
        resolve(reply);
      };
      asked.on('response', (response) => collect(response, end));
      asked.on('error', ({ code }) => end(code === 'ECONNREFUSED' ? { unsent: true } : {}));
      asked.end(text);
    });
  }

  /** Connections of a process that is dead lead nowhere. */
  forget() {
    this.agent.destroy();
    this.agent = new Agent({ keepAlive: true, maxSockets: 64 });
  }
}

function collect(response, end) {
  const parts = [];
  const reply = (whole) =>
    end({
      status: response.statusCode,
      headers: response.headers,
      text: Buffer.concat(parts).toString('utf8'),
      whole,
    });
  response.on('data', (part) => parts.push(part));
  response.on('end', () => reply(response.complete));
  response.on('error', () => reply(false));
  response.on('aborted', () => reply(false));
}

/** Leaves a request once the product says that it hangs, and not before: it might still be on its way. */
function watch(asked, hangs, resolve) {
  let isOver = false;
  let timer;
  const look = async () => {
    const isHanging = await hangs();
    if (isOver) return;
    if (!isHanging) {
      timer = setTimeout(look, PATIENCE);
      return;
    }
    resolve({ left: true });
    asked.destroy();
  };
  timer = setTimeout(look, PATIENCE);
  const stop = () => {
    isOver = true;
    clearTimeout(timer);
  };
  return { stop };
}
