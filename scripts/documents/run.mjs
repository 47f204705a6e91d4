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
      maker: await makerOf(document, operations, operation, judgeRequest),
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
  for (const { operation, request, maker } of asked.flatMap(requestsOfOne)) {
    const first = await server.send({ ...request, url: prefix + request.url });
    const answer =
      first.status === 404 && kind === 'sandbox'
        ? ((await asKnown(server, prefix, operation, request, maker)) ?? first)
        : first;
    const { verdict, why, meant = false } = await judge(operation, answer);
    if (request.kind === 'sample') counts[verdict] += 1;
    if (request.kind === 'sample' && meant) counts.meant += 1;
    else countExample(examples, request, verdict);
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

const requestsOfOne = ({ operation, requests, maker }) =>
  requests.map((request) => ({ operation, request, maker }));

/** The POST of the nearest path above one that ends in a parameter: what makes the thing that it is about. */
async function makerOf(document, operations, { path }, judge) {
  const above = operations
    .filter((other) => other.method === 'POST' && path.startsWith(`${other.path}/`))
    .sort((a, b) => b.path.length - a.path.length);
  for (const operation of path.includes('{') ? above : []) {
    const [request] = await requestsOf(document, operation, judge);
    if (request) return request;
  }
  // Where no body keeps to the schema by its letter, the sandbox shows one that it takes.
  const [nearest] = above;
  const id = nearest && follow(document, nearest.pointer)[1].operationId;
  return id === undefined ? undefined : { shown: id, url: nearest.path.replace(/\{[^}]*\}/g, 'x') };
}

/**
 * The sandbox knows the jobs that it was asked for and no others: a client that asks for one has scheduled it, and so
 * does this one. The id stands in the place of the path's last parameter.
 * @returns undefined when no job is made
 */
async function asKnown(server, prefix, { path }, request, maker) {
  if (!path.includes('{')) return undefined;
  if (maker?.shown) {
    const url = `/__sandbox/examples/${encodeURIComponent(maker.shown)}`;
    const { text: body } = await server.send({ method: 'GET', url, headers: {} });
    const headers = { 'content-type': 'application/json', authorization: 'Bearer demo' };
    await server.send({ method: 'POST', url: prefix + maker.url, headers, body });
  } else if (maker) await server.send({ ...maker, url: prefix + maker.url });
  const { text } = await server.send({
    method: 'GET',
    url: '/__sandbox/sessions/default/jobs',
    headers: {},
  });
  const { id } = JSON.parse(text).jobs.at(-1) ?? {};
  if (id === undefined) return undefined;
  const [before, ...query] = request.url.split('?');
  const template = path.split('?')[0].split('/');
  const last = template.findLastIndex((segment) => segment.includes('{'));
  const segments = before.split('/');
  segments[last] = template[last].replace(/\{[^}]*\}/, encodeURIComponent(id));
  return server.send({ ...request, url: [prefix + segments.join('/'), ...query].join('?') });
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
