// The yardstick of whole lives: node:http, Ajv and a Map do what a client sees, and nothing else.
// Usage: node bench/reference.mjs PORT
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

const port = Number(process.argv[2]);
const file = new URL('../spec/compositions/openapi.yaml', import.meta.url);
const document = parse(readFileSync(file, 'utf8'));
const ajv = new Ajv({ strict: false, validateSchema: false, logger: false });
formats(ajv);
ajv.addSchema({ ...document, $id: 'contract:' }, 'contract:');
const operation = document.paths['/patients/composition'].post;
const { $ref } = operation.requestBody.content['application/json'].schema;
const validate = ajv.compile({ $ref: `contract:${$ref}` });

const jobs = new Map();
const compositions = new Map();
const JOB = '/patients/composition/job/';

function send(res, status, data) {
  const body = JSON.stringify({
    data,
    meta: { code: status, url: 'http://localhost', type: 'object', request_id: randomUUID() },
  });
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  res.end(body);
}

function create(req, res) {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString());
    if (!validate(body)) {
      send(res, 422, validate.errors);
      return;
    }
    const id = randomUUID();
    const job = { id, body, polls: 0, resource: randomUUID(), start: Date.now() };
    jobs.set(id, job);
    send(res, 200, { id, status: 'PENDING', eta: new Date(job.start + 3000).toISOString() });
  });
}

function poll(res, id) {
  const job = jobs.get(id);
  if (!job) {
    send(res, 404, { message: 'not found' });
    return;
  }
  job.polls += 1;
  if (job.polls <= 3) {
    send(res, 200, { id, status: 'PENDING', eta: new Date(Date.now() + 3000).toISOString() });
    return;
  }
  compositions.set(job.resource, { ...job.body, status: 'PRELIMINARY' });
  send(res, 200, {
    id,
    status: 'DONE',
    eta: new Date(Date.now()).toISOString(),
    links: [{ entity: 'composition', href: `/compositions/${job.resource}` }],
  });
}

createServer((req, res) => {
  const { url, method, headers } = req;
  if (!headers.authorization || !headers['api-key']) send(res, 401, {});
  else if (method === 'POST') create(req, res);
  else if (url.startsWith(JOB)) poll(res, url.slice(JOB.length));
  else send(res, 200, compositions.get(url.slice(url.lastIndexOf('/') + 1)) ?? {});
}).listen(port, '127.0.0.1');
