import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { judgeAnswer } from './answers.mjs';
import { makeJudge } from './judge.mjs';
import { find, follow, readWhole } from './read.mjs';
import { operationsOf, requestsOf, sampleOf } from './requests.mjs';
import { start } from './server.mjs';

/**
 * Holds one document of the list against the sandbox and against Prism.
 * @param limit operations asked at most
 */
export async function runOne(entry, folder, limit) {
  const found = find(entry, folder);
  if (!found) return { missing: true };
  const { path: original, ...told } = found;
  let document;
  try {
    document = await readWhole(original, entry.remote, folder);
  } catch (error) {
    return { ...told, unread: error.message };
  }
  const path = entry.remote ? bundled(original, document) : original;
  const operations = operationsOf(document);
  const judgeRequest = makeJudge(document, 'request');
  const judgeResponse = makeJudge(document, 'response');
  const asked = [];
  for (const operation of sampleOf(operations, limit)) {
    const requests = await requestsOf(document, operation, judgeRequest);
    if (requests.length === 0) continue;
    asked.push({
      operation,
      requests,
      makers: await makersOf(document, operations, operation, judgeRequest),
    });
  }
  let judgeMeaning;
  const meant = document.openapi.startsWith('3.0')
    ? undefined
    : (schema, value) => {
        judgeMeaning ??= makeJudge(document, 'response', true);
        return judgeMeaning(schema, value);
      };
  const judge = (operation, answer) =>
    judgeAnswer(document, operation, answer, judgeResponse, meant);
  const row = {
    ...told,
    version: document.openapi,
    operations: operations.length,
    asked: asked.filter(({ requests }) => requests[0].kind === 'sample').length,
    date: new Date().toISOString().slice(0, 10),
  };
  for (const kind of ['sandbox', 'prism'])
    row[kind] = await play(kind, path, asked, judge, document);
  return row;
}

/** A file beside the document's, with the document and what it refers to elsewhere. */
function bundled(path, document) {
  const file = join(dirname(path), 'bundled.openapi.json');
  writeFileSync(file, JSON.stringify(document));
  return file;
}

async function play(kind, path, asked, judge, document) {
  let server = await start(kind, path);
  if (server.problem) return { problem: server.problem };
  const prefix = await prefixOf(server, asked, document);
  const used = server.used();
  const counts = { good: 0, meant: 0, refusal: 0, wrong: 0, error: 0 };
  const examples = { sent: 0, refused: 0, unfit: 0, error: 0 };
  const faults = [];
  let deaths = 0;
  for (const { operation, request, makers } of asked.flatMap(requestsOfOne)) {
    const first = await server.send({ ...request, url: prefix + request.url });
    const answer =
      first.status === 404 && kind === 'sandbox'
        ? ((await asKnown(server, prefix, operation, request, makers)) ?? first)
        : first;
    const { verdict, why, meant = false } = await judge(operation, answer);
    if (request.kind === 'sample') counts[verdict] += 1;
    else countExample(examples, request, verdict);
    if (request.kind === 'sample' && meant) counts.meant += 1;
    if (verdict !== 'good' && request.fits !== 'invalid') {
      faults.push({ operation: operation.name, kind: request.kind, verdict, why });
    }
    if (server.alive()) continue;
    deaths += 1;
    server = await start(kind, path);
    if (server.problem) return { problem: `ends at ${operation.name}: ${server.problem}`, faults };
  }
  server.stop();
  return { used, counts, examples, faults, deaths };
}

const requestsOfOne = ({ operation, requests, makers }) =>
  requests.map((request) => ({ operation, request, makers }));

/** The POSTs of the paths above one that ends in a parameter, the nearest first: what makes the thing that it is about. */
async function makersOf(document, operations, { path }, judge) {
  const above = operations
    .filter((other) => other.method === 'POST' && path.startsWith(`${other.path}/`))
    .sort((a, b) => b.path.length - a.path.length);
  const makers = [];
  for (const operation of path.includes('{') ? above : []) {
    const requests = await requestsOf(document, operation, judge);
    const fitting = requests.find(({ fits }) => fits !== 'invalid');
    const id = follow(document, operation.pointer)[1].operationId;
    // Where no body keeps to the schema by its letter, the sandbox shows one that it takes.
    if (fitting) makers.push(fitting);
    else if (id) makers.push({ shown: id, url: operation.path.replace(/\{[^}]*\}/g, 'x') });
  }
  return makers;
}

/**
 * The sandbox knows the jobs that it was asked for and no others: a client that asks for one has scheduled it, and so
 * does this one. The id stands in the place of the path's last parameter.
 * @returns undefined when no job is made
 */
async function asKnown(server, prefix, { path }, request, makers) {
  if (!path.includes('{')) return undefined;
  const id = await scheduledBy(server, prefix, makers);
  if (id === undefined) return undefined;
  const [before, ...query] = request.url.split('?');
  const template = path.split('?')[0].split('/');
  const last = template.findLastIndex((segment) => segment.includes('{'));
  const segments = before.split('/');
  segments[last] = template[last].replace(/\{[^}]*\}/, encodeURIComponent(id));
  return server.send({ ...request, url: [prefix + segments.join('/'), ...query].join('?') });
}

/** The newest job, once one of the requests has scheduled one. */
async function scheduledBy(server, prefix, makers) {
  const url = '/__sandbox/sessions/default/jobs';
  const jobs = async () => {
    const { text } = await server.send({ method: 'GET', url, headers: {} });
    return JSON.parse(text).jobs;
  };
  const before = (await jobs()).length;
  for (const maker of makers) {
    await server.send(
      maker.shown ? await shownBy(server, prefix, maker) : { ...maker, url: prefix + maker.url },
    );
    if ((await jobs()).length > before) break;
  }
  return (await jobs()).at(-1)?.id;
}

async function shownBy(server, prefix, { shown, url }) {
  const example = `/__sandbox/examples/${encodeURIComponent(shown)}`;
  const { text: body } = await server.send({ method: 'GET', url: example, headers: {} });
  const headers = { 'content-type': 'application/json', authorization: 'Bearer demo' };
  return { method: 'POST', url: prefix + url, headers, body };
}

/** An example that breaks its own schema is the document's slip: it is sent, and counted apart. */
function countExample(examples, { fits }, verdict) {
  if (fits === 'invalid') examples.unfit += 1;
  else examples.sent += 1;
  if (fits !== 'invalid' && verdict === 'refusal') examples.refused += 1;
  if (verdict === 'error') examples.error += 1;
}

/** Whether the document's paths are served as they stand, or below the path of its first server. */
async function prefixOf(server, asked, document) {
  const below = basePath(document);
  for (const { requests } of asked.slice(0, 5)) {
    for (const prefix of new Set(['', below])) {
      const { status } = await server.send({ ...requests[0], url: prefix + requests[0].url });
      if (status !== 404 && status !== 0) return prefix;
    }
  }
  return '';
}

function basePath({ servers }) {
  const { url = '', variables = {} } = servers?.[0] ?? {};
  const filled = url.replace(/\{([^}]+)\}/g, (_, name) => variables[name]?.default ?? name);
  const [, path = ''] = /^(?:[a-z]+:)?(?:\/\/[^/]+)?(.*)$/i.exec(filled) ?? [];
  return path.replace(/\/$/, '').replace(/^(?=[^/])/, '/');
}
