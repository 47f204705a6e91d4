// What neighbours cost: watchers that read, watchers that never do, long queries, long lists.
// Usage: npm run bench:neighbours [-- --polls 30000 --jobs 200000]
// Every figure is a ratio within one run, or a size: other machines have other milliseconds.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { firstGood, SANDBOX, start } from './servers.mjs';

const { values } = parseArgs({
  options: {
    polls: { type: 'string', default: '30000' },
    jobs: { type: 'string', default: '200000' },
    watch: { type: 'string' },
  },
});
const EVENTS = '/__sandbox/sessions/default/events';
const credentials = { Authorization: 'Bearer bench', 'api-key': 'bench' };

if (values.watch !== undefined) {
  // A process of its own: so many watchers that read, until it is ended.
  for (let i = 0; i < Number(values.watch); i += 1) {
    request(process.env.WATCHED + EVENTS, (answer) => {
      answer.resume();
      if (i === Number(values.watch) - 1) process.stdout.write('reading\n');
    }).end();
  }
} else await measure();

async function measure() {
  const server = await start([...SANDBOX, '--scenario', 'never-ends']);
  await firstGood(`${server.url}/__sandbox/health`);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path, { method = 'GET', body, headers = {} } = {}) =>
    new Promise((done, fail) => {
      const sent = request(
        server.url + path,
        { method, agent, headers: { ...credentials, ...headers } },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part) => {
            text += part;
          });
          answer.on('end', () => done({ status: answer.statusCode, text }));
        },
      );
      sent.on('error', fail).end(body);
    });
  const body = (await ask('/__sandbox/examples/createComposition')).text;
  const create = (session = '') =>
    ask(`${session}/patients/composition`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
  const job = JSON.parse((await create()).text).data.id;
  const path = `/patients/composition/job/${job}`;
  const timed = async (work) => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const polls = (count) =>
    timed(async () => {
      for (let i = 0; i < count; i += 1) await ask(path);
    });
  const cpu = () => {
    const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  };
  const resident = () => {
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) / 1024;
  };
  const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

  await polls(3000);
  const rows = [];

  // Rounds take turns, so that a machine that is busy for a while is so for both.
  const [alone, beside] = [[], []];
  const [aloneCpu, besideCpu] = [[], []];
  for (let round = 0; round < 7; round += 1) {
    const spent = cpu();
    alone.push(await polls(500));
    aloneCpu.push(cpu() - spent);
    const watchers = await readers(server.url, 100);
    const before = cpu();
    beside.push(await polls(500));
    besideCpu.push(cpu() - before);
    await watchers.stop();
  }
  const ratio = (a, b) => (median(a) / median(b)).toFixed(2);
  rows.push([
    '500 polls beside 100 watchers that read, to alone: time',
    ratio(beside, alone),
    '1.10',
  ]);
  rows.push(['the same, processor time of the server', ratio(besideCpu, aloneCpu), '']);

  const short = [];
  const long = [];
  for (let i = 0; i < 50; i += 1) {
    short.push(await timed(() => ask(path)));
    long.push(await timed(() => ask(`${path}?${'a=b&'.repeat(3700)}`)));
  }
  const more = median(long) - median(short);
  rows.push(['15 KiB of query, more than a poll without', `${more.toFixed(1)} ms`, '5 ms']);

  const { port } = new URL(server.url);
  const before = resident();
  const stalled = Array.from({ length: 20 }, () => {
    const socket = connect(Number(port), '127.0.0.1')
      .pause()
      .on('error', () => {});
    socket.write(`GET ${EVENTS} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    return socket;
  });
  await polls(Number(values.polls));
  const grown = resident() - before;
  for (const socket of stalled) socket.destroy();
  rows.push([
    `resident memory after ${values.polls} polls beside 20 watchers that never read`,
    `${before.toFixed(0)} + ${grown.toFixed(0)} MiB`,
    'flat',
  ]);

  const many = Number(values.jobs);
  const clients = new Agent({ keepAlive: true, maxSockets: 20 });
  let left = many;
  const schedule = async () => {
    for (; left > 0; left -= 1) {
      await new Promise((done, fail) => {
        const headers = { ...credentials, 'Content-Type': 'application/json' };
        request(
          `${server.url}/~many/patients/composition`,
          { method: 'POST', agent: clients, headers },
          (answer) => answer.resume().on('end', done),
        )
          .on('error', fail)
          .end(body);
      });
    }
  };
  await Promise.all(Array.from({ length: 20 }, schedule));
  const list = '/__sandbox/sessions/many/jobs?limit=10';
  const lists = [];
  for (let i = 0; i < 20; i += 1) lists.push(await timed(() => ask(list)));
  rows.push([`GET …/jobs?limit=10 of ${many} jobs`, `${median(lists).toFixed(1)} ms`, '20 ms']);
  const none = [];
  for (let i = 0; i < 5; i += 1) none.push(await timed(() => ask(`${list}&state=DONE`)));
  rows.push(['the same in a state that none is in', `${median(none).toFixed(1)} ms`, '']);
  agent.destroy();
  clients.destroy();
  await server.stop();

  console.log('| what | measured | at most |\n| --- | --- | --- |');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

/** Watchers that read, in a process of their own. */
async function readers(url, count) {
  const file = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [file, '--watch', String(count)], {
    env: { ...process.env, WATCHED: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((done) => child.on('exit', done));
  await new Promise((done) => child.stdout.once('data', done));
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
