import { namingJob } from '../contract/job-place.js';
import type { Operation } from '../contract/operation.js';
import { bodyText, type SampleRequest, sampleRequest, textOf } from '../contract/sample-request.js';
import type { Api } from '../sandbox/api.js';
import { CONTROL } from '../server/board/is-for-board.js';

/** What stands in the place of the id of the first answer. */
const JOB_ID = 'JOB_ID';

/** Lines to paste into a shell: schedule a job, poll it, choose the next one's scenario; without jobs, one that reads. */
export function curlLines(api: Api, url: string): string[] {
  const { contract, binding } = api;
  const prefix = url + (binding.prefixes.at(-1) ?? '');
  const schedule = firstOf(api);
  const report = contract.operations.get(binding.report.operation);
  if (!schedule || !report) return readingLine(api, prefix);
  const failing = [...api.catalogue.values()].find(
    (s) => s.group === 'failed' && s.operations === undefined,
  );
  const next = failing ?? api.catalogue.values().next().value;
  const poll = sampleRequest(contract, report, namingJob(binding.report, JOB_ID));
  const choose = `curl -s -X POST ${url}${CONTROL}/sessions/default/next -H 'Content-Type: application/json'`;
  return [
    schedulingLine(api, url, prefix, schedule),
    curl(prefix, poll),
    ...(next ? [`${choose} -d ${quoted(JSON.stringify({ scenario: next.name }))}`] : []),
  ];
}

/** The first operation of the binding that the contract has and that schedules. */
export function firstOf({ contract, binding }: Pick<Api, 'contract' | 'binding'>) {
  const id = [...binding.schedules.keys()].find((each) => contract.operations.has(each));
  return id === undefined ? undefined : contract.operations.get(id);
}

function schedulingLine(api: Api, url: string, prefix: string, operation: Operation): string {
  const request = sampleRequest(api.contract, operation);
  const { body } = request;
  if (!body) return curl(prefix, request);
  const isJson = /\bjson\b/i.test(body.mediaType);
  if (!isJson) return curl(prefix, request);
  const example = quoted(`${url}${CONTROL}/examples/${encodeURIComponent(operation.id)}`);
  return `curl -s ${example} | ${curl(prefix, { ...request, body: undefined })} -d @-`;
}

function readingLine({ contract }: Api, prefix: string): string[] {
  const all = [...contract.operations.values()].filter(({ method }) => method === 'GET');
  const [plain = all[0]] = all.filter(({ path }) => !path.includes('{'));
  return plain ? [curl(prefix, sampleRequest(contract, plain))] : [];
}

/** One call of curl. A GET needs no `-X`; forms with parts are written by curl itself. */
function curl(prefix: string, request: SampleRequest): string {
  const { method, path, headers, body } = request;
  const parts = body && /^multipart\//i.test(body.mediaType);
  const named = Object.entries(headers)
    .filter(([name]) => !(parts && name === 'Content-Type'))
    .map(([name, value]) => `-H ${quoted(`${name}: ${value}`, true)}`);
  const fields = parts
    ? Object.entries((body.value ?? {}) as Record<string, unknown>).map(
        ([name, value]) => `--form-string ${quoted(`${name}=${textOf(value)}`)}`,
      )
    : [];
  const text = bodyText(request);
  return [
    'curl -s',
    ...(method === 'GET' && text === undefined ? [] : [`-X ${method}`]),
    quoted(prefix + path),
    ...named,
    ...fields,
    ...(text === undefined ? [] : [`-d ${quoted(text)}`]),
  ].join(' ');
}

/** A word of a POSIX shell (XCU §2.2.2): in single quotes nothing has a meaning but the quote that ends them. */
function quoted(text: string, always = false): string {
  if (!always && /^[\w/:.,=@%+-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
