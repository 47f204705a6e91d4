import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RunningSandbox } from '../../src/index.js';
import { send } from './client.js';

/** Set by whatever a text brings to run. */
const RUN = 'globalThis.hasRun=1';

/** Texts that mean something to a page, a renderer, an object or a reader. */
export const HOSTILE: Readonly<Record<string, string>> = {
  markup: `</textarea></title></style><img src=//evil.example/x onerror="${RUN}"><script>${RUN}</script><svg onload="${RUN}"><iframe srcdoc="<script>parent.${RUN}</script>">`,
  attributes: `" onmouseover="${RUN}" autofocus onfocus='${RUN}' style="position:fixed;inset:0" x='\``,
  links: `javascript:${RUN}//](javascript:${RUN}) [a](javascript:${RUN}) ![b](https://evil.example/b.png) <https://evil.example/c> <a href="data:text/html,<script>${RUN}</script>">d</a>`,
  prototype: '__proto__',
  constructor: 'constructor',
  long: 'Довге'.repeat(800),
  turned:
    '\u202Eevil\u2066\u200B\u200D\uFEFF \u05D0\u0628 \u0001\u0007\u001B[31m\u007F\u0085\u2028 \uD800 \u{1F1FA}\u0300\u0301\u0302'.repeat(
      6,
    ),
  holes: `{0} {1:#} {0|a|b|c} \${${RUN}} {{constructor.constructor('${RUN}')()}} %s %n <%= 1 %> ]]> &lt;b&gt;`,
};

/** A pack of one's own in which every text is this one. @param own names its binding, scenario, suite and paths */
export function hostilePack(text: string, own = 'hostile'): string {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, content: unknown) => {
    const file = join(folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, JSON.stringify(content, null, 2));
  };
  write('openapi.yaml', documentOf(text, own));
  write('binding.yaml', bindingOf(text, own));
  write(`scenarios/${fileName(text)}/${own}.yaml`, scenarioOf(text, own));
  write('scenarios/plain.yaml', { scenario: `${own}-plain`, life: [{ state: DONE(text) }] });
  write(`suites/${own}.yaml`, {
    suite: own,
    title: text,
    about: text,
    scenarios: [own, `${own}-plain`],
  });
  return folder;
}

const OPEN = (text: string) => `open ${text}`;
const DONE = (text: string) => `done ${text}`;
const FAILED = (text: string) => `failed ${text}`;
const MAKE = (text: string) => `make ${named(text)}`.slice(0, 190);

/** What may name something: half of a pair of surrogates names nothing that could be sent. */
const named = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** The control API takes ids of jobs of up to 128 characters. */
const idOf = (text: string) => text.slice(0, 100);

/** What a folder may be called. */
function fileName(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no system takes them
  return `f ${text.replace(/[/\u0000\uD800-\uDFFF]/g, '')}`.slice(0, 60);
}

function documentOf(text: string, own: string) {
  const said = { description: text, content: { 'application/json': { schema: anything(text) } } };
  const more = { description: text, url: text };
  const headers = { [`x-${'a'.repeat(40)}`]: { description: text, schema: { type: 'string' } } };
  const id = { name: 'id', in: 'path', required: true, description: text, example: text };
  return {
    openapi: '3.0.3',
    info: {
      title: text,
      version: text,
      description: text,
      termsOfService: text,
      contact: { name: text, url: text, email: text },
      license: { name: text, url: text },
    },
    servers: [{ url: 'https://evil.example/v1', description: text }],
    externalDocs: more,
    tags: [{ name: text, description: text, externalDocs: more }],
    paths: {
      [`/${own}`]: {
        post: {
          operationId: MAKE(text),
          summary: text,
          description: text,
          tags: [text],
          externalDocs: more,
          security: [{ [named(text)]: [] }],
          requestBody: {
            description: text,
            content: {
              'application/json': {
                schema: anything(text),
                example: { id: idOf(text), [named(text)]: text },
              },
            },
          },
          responses: { 202: { ...said, headers } },
        },
      },
      [`/${own}/{id}`]: {
        get: {
          operationId: `read-${own}`,
          summary: text,
          description: text,
          tags: [text],
          deprecated: true,
          parameters: [{ ...id, schema: { type: 'string', description: text } }],
          responses: { 200: said },
        },
      },
      [`/other${encodeURI(text.replace(/[/{}?#\uD800-\uDFFF]/g, '')).slice(0, 300)}`]: {
        get: { operationId: named(text), summary: text, responses: { 200: said } },
      },
    },
    components: {
      securitySchemes: {
        [named(text)]: { type: 'apiKey', in: 'header', name: 'X-Key', description: text },
      },
    },
  };
}

function anything(text: string) {
  return {
    type: 'object',
    title: text,
    description: text,
    properties: { [named(text)]: { type: 'string', description: text, enum: [text] }, id: {} },
  };
}

function bindingOf(text: string, own: string) {
  const data = { id: '{job}', state: '{state}', code: '{error.code}', message: '{error.message}' };
  return {
    binding: own,
    schedules: { [MAKE(text)]: {} },
    report: { operation: `read-${own}`, job: 'id', ids: 'body.id or uuid' },
    scheduled: { http: 202, bare: true, data: { id: '{job}', state: OPEN(text) } },
    states: {
      [OPEN(text)]: { outcome: 'open', bare: true, data: { id: '{job}', state: '{state}' } },
      [DONE(text)]: { outcome: 'done', bare: true, data: { id: '{job}', state: '{state}' } },
      [FAILED(text)]: { outcome: 'failed', bare: true, data },
    },
    errors: { [`code ${text}`]: { message: text }, OTHER: { message: text } },
    failure: 'OTHER',
  };
}

function scenarioOf(text: string, own: string) {
  return {
    scenario: own,
    title: text,
    about: text,
    group: text,
    when: { body: { note: text } },
    life: [
      { state: OPEN(text), for: '1 poll' },
      { answer: { http: 503 }, for: '1 poll', off_contract: true },
      { state: FAILED(text), error: { code: `code ${text}`, message: text } },
    ],
    expect: { polls: { at_most: 1 } },
  };
}

/** Names that mean something to objects, and a long one. */
const SESSIONS = ['default', 'constructor', 'hasOwnProperty', 'W'.repeat(64)];

/** What clients send who mean no good: a job with an id of their own, another one, and what no contract knows. @returns a job of each session */
export async function attack(
  { url }: Pick<RunningSandbox, 'url'>,
  text: string,
  { own = 'hostile', sessions = SESSIONS } = {},
): Promise<string[]> {
  const inHeader = encodeURI(text.replace(/\p{Surrogate}/gu, '')).slice(0, 2000);
  const headers = { 'X-Key': 'k', 'X-Text': inHeader, 'User-Agent': inHeader, Referer: inHeader };
  const jobs: string[] = [];
  for (const name of sessions) {
    const base = name === 'default' ? url : `${url}/~${name}`;
    const body = { id: idOf(text), [text]: text, note: text };
    const made = await send('POST', `${base}/${own}`, { headers, body });
    const id = String(made.json?.id ?? '');
    jobs.push(id);
    const at = `${base}/${own}/${encodeURIComponent(id.replace(/\p{Surrogate}/gu, ''))}`;
    for (let i = 0; i < 4; i += 1) await send('GET', at, { headers });
    await send('POST', `${base}/${own}`, { headers, body: { note: text } });
    const query = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '')).slice(0, 3000);
    await send('GET', `${base}/nothing/${query}?${query}=${query}`, { headers });
  }
  return jobs;
}
