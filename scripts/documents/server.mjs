import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { stripVTControlCharacters } from 'node:util';

/** Milliseconds after which a server that does not listen has failed. */
const START = 300_000;
/** Milliseconds after which a request has no answer. */
const ANSWER = 60_000;

/** What is held beside each other: how each is started, and what says that it listens. */
const SERVERS = {
  sandbox: (file, port) => ({
    command: [
      'dist/cli.js',
      'serve',
      '--spec',
      file,
      '--port',
      String(port),
      '--json',
      '--seed',
      '1',
    ],
    listens: /"event":"listening"/,
  }),
  prism: (file, port) => ({
    command: ['node_modules/@stoplight/prism-cli/dist/index.js', 'mock', file, '-p', String(port)],
    listens: /Prism is listening/,
  }),
};

/**
 * Starts a server on a free port.
 * @returns `{ send, used, stop, problem }`; with a problem (its own words), nothing else is there
 */
export async function start(kind, file) {
  const port = await freePort();
  const { command, listens } = SERVERS[kind](file, port);
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const listening = new Promise((tell) => {
    const hear = (data) => {
      if (said.length < 2_000_000) said += data;
      if (listens.test(said)) tell(undefined);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => tell(lastWords(said) || `ends with ${code}`));
    setTimeout(() => tell(`does not listen within ${START / 1000} s`), START).unref();
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const stop = () => {
    agent.destroy();
    child.kill('SIGKILL');
  };
  const problem = await listening;
  if (problem !== undefined) {
    stop();
    return { problem };
  }
  return {
    send: (request) => send(port, agent, request),
    used: () => usedBy(child.pid),
    alive: () => child.exitCode === null && child.signalCode === null,
    stop,
  };
}

/** CPU seconds and peak resident MiB of a process so far; Linux alone tells. */
function usedBy(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return {
      seconds: (Number(fields[11]) + Number(fields[12])) / 100,
      mebibytes: Number(peak) / 1024,
    };
  } catch {
    return undefined;
  }
}

/** What a server that has ended said of it: the line that sounds like it, else the last one. */
function lastWords(said) {
  const lines = stripVTControlCharacters(said)
    .split('\n')
    .map((line) => line.trim());
  const told = lines.filter((line) => line !== '' && !/awaiting|debugger/i.test(line));
  return told.find((line) => /error|cannot|fatal|✖|\[[A-Z_]{5,}\]/i.test(line)) ?? told.at(-1);
}

function freePort() {
  return new Promise((tell) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => tell(port));
    });
  });
}

/** @returns `{ status, type, text }`, or `{ status: 0, text }` where no answer came */
function send(port, agent, { method, url, headers, body }) {
  return new Promise((tell) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    let sent;
    try {
      sent = httpRequest({
        port,
        host: '127.0.0.1',
        agent,
        method,
        path: url,
        headers: { ...headers, ...length },
      });
    } catch (error) {
      tell({ status: 0, type: '', text: `cannot be sent: ${error.message}` });
      return;
    }
    sent.setTimeout(ANSWER, () => sent.destroy(new Error('no answer in time')));
    sent.on('error', (error) => tell({ status: 0, type: '', text: error.message }));
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (data) => {
        text += data;
      });
      response.on('error', (error) => tell({ status: 0, type: '', text: error.message }));
      response.on('end', () =>
        tell({
          status: response.statusCode,
          type: response.headers['content-type'] ?? '',
          text,
          location: response.headers.location,
        }),
      );
    });
    sent.end(body);
  });
}
