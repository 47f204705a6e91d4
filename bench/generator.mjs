// The load: raw connections that cost less than any server here, in a process of its own.
// Usage: node bench/generator.mjs <<< '{"port": 4010, "kind": "poll" | "lives", …}'; prints one line of JSON.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const plan = JSON.parse(readFileSync(0, 'utf8'));
const {
  port,
  ports = [port],
  encounter,
  kind,
  connections = 50,
  seconds = 3,
  lives = 0,
  path,
  paths = [path],
  body,
  headers,
} = plan;

const head = Object.entries(headers)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('');
const get = (target) =>
  Buffer.from(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${head}\r\n`);
const polls = paths.filter(Boolean).map(get);

let requests = 0;
let done = 0;
let wrong = 0;
let begun = 0;
let stopped = false;

/** One connection: sends a request, reads the whole answer, hands its body to whoever asked. */
class Connection {
  #socket;
  #kept = Buffer.alloc(0);
  #then = () => {};

  /** @param {number} number  connections are spread over the ports in turn */
  constructor(number) {
    const to = ports[number % ports.length];
    this.#socket = connect({ port: to, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', (error) => {
      throw error;
    });
  }

  ask(bytes, then) {
    this.#then = then;
    requests += 1;
    this.#socket.write(bytes);
  }

  close() {
    this.#socket.destroy();
  }

  #read(chunk) {
    this.#kept = this.#kept.length > 0 ? Buffer.concat([this.#kept, chunk]) : chunk;
    const end = this.#kept.indexOf('\r\n\r\n');
    if (end === -1) return;
    const text = this.#kept.toString('latin1', 0, end);
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (this.#kept.length < end + 4 + length) return;
    const answer = this.#kept.toString('latin1', end + 4, end + 4 + length);
    if (text.charCodeAt(9) !== 50) {
      wrong += 1;
      if (wrong === 1) process.stderr.write(`${text}\n\n${answer}\n`);
    }
    this.#kept = this.#kept.subarray(end + 4 + length);
    this.#then(answer);
  }
}

/** Polls one job after the other, without end. */
function poll(connection, at) {
  if (stopped) return;
  connection.ask(polls[at % polls.length], () => poll(connection, at + connections));
}

const UUID = /"id":"([0-9a-f-]{36})"/;
const RESULT = /"href":"[^"]*?([0-9a-f-]{36})"/;

/** A conclusion of a subject of its own, so that no two are the same. */
function creation(subject) {
  const text = body.replaceAll('11111111-1111-4111-8111-111111111111', subject);
  const length = Buffer.byteLength(text);
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${head}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${text}`,
  );
}

/** Schedules, and nothing more. */
function create(connection) {
  if (stopped) return;
  if (lives > 0 && begun >= lives) {
    open -= 1;
    if (open === 0) end();
    return;
  }
  begun += 1;
  connection.ask(creation(subjectOf(begun)), () => create(connection));
}

function subjectOf(number) {
  const digits = String(number);
  return `${digits.padStart(8, '0')}-0000-4000-8000-${digits.padStart(12, '0')}`;
}

/** Schedule, three PENDING polls, DONE, read the composition. */
function live(connection) {
  if (stopped || (lives > 0 && begun >= lives)) return;
  begun += 1;
  const subject = subjectOf(begun);
  connection.ask(creation(subject), (created) => {
    const job = get(`${path}/job/${UUID.exec(created)?.[1]}`);
    const step = (left) =>
      connection.ask(job, (answer) => {
        if (left > 0) step(left - 1);
        else read(answer);
      });
    const read = (answer) => {
      const id = RESULT.exec(answer)?.[1];
      if (id === undefined) throw new Error(`no link to a result: ${answer}`);
      connection.ask(get(`/patients/${subject}/encounter/${encounter}/composition/${id}`), () => {
        done += 1;
        live(connection);
      });
    };
    step(3);
  });
}

const all = Array.from({ length: connections }, (_, i) => new Connection(i));
let open = all.length;
const began = performance.now();
const begin = { poll, create, lives: live }[kind];
for (const [i, connection] of all.entries()) begin(connection, i);

function end() {
  stopped = true;
  const took = (performance.now() - began) / 1000;
  const result = { requests: requests / took, lives: done / took, wrong, took };
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}
setTimeout(end, seconds * 1000);
