import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { checkBinding } from '../../src/contract/load-binding.js';
import { parseBinding } from '../../src/contract/parse-binding.js';
import { FileError } from '../../src/problem.js';

const FOLDER = 'test/fixtures/long-running';
const text = await readFile(`${FOLDER}/binding.yaml`, 'utf8');
const contract = await loadContract(`${FOLDER}/openapi.yaml`, ['/v1']);

/** Everything that is wrong with the binding when one part of it is another. */
function mistakes(part: string, other: string): string[] {
  expect(text).toContain(part);
  try {
    const binding = parseBinding('binding.yaml', text.replace(part, other));
    return checkBinding(binding, contract).map(({ message, hint }) => `${message} (${hint})`);
  } catch (error) {
    if (error instanceof FileError) return error.message.split('\n');
    throw error;
  }
}

describe('a binding', () => {
  it('that says what is true of its contract has no mistake', () => {
    expect(mistakes('failure: UNKNOWN', 'failure: UNKNOWN')).toEqual([]);
  });

  it.each([
    [
      'ids: 21 letters and digits',
      'ids: 21 letters',
      /^binding\.yaml:\d+:\d+: "ids: 21 letters" is no form of ids \(write uuid, 24 hex digits, or 21/,
    ],
    ['ids: 21 letters and digits', 'ids: 4 hex digits', /"ids: 4 hex digits" is no form of ids/],
    [
      ', ids: 21 letters and digits',
      '',
      /^report: jobs get ids such as 0{8}-.*, and getMonitor does not take them: .* \(say with `ids` how jobs are named: /,
    ],
    [
      'failure: UNKNOWN',
      'failure: UNKNWN',
      /there is no error "UNKNWN" \(did you mean UNKNOWN\?\)/,
    ],
    ['{ link:', '{ lnk:', /unknown key "lnk" \(did you mean link\?\)/],
    [
      '{api}/exports/{resource.id}"',
      '{api}/exports/{resorce.id}"',
      /unknown place \{resorce\.id\} \(did you mean resource\?\)/,
    ],
    [
      '{api}/exports/{resource.id}"',
      '{api}/{path.kind}/{resource.id}"',
      /^schedules: \{path\.kind\} names no path parameter of startExport \(there is none to choose from\)$/,
    ],
    [
      'Retry-After: "{retryAfter}", X',
      'Retry-After: "{retyAfter}", X',
      /unknown place \{retyAfter\} \(did you mean retryAfter\?\)/,
    ],
  ])('is refused with what to do when "%s" is "%s"', (part, other, says) => {
    expect(mistakes(part, other)).toEqual([expect.stringMatching(says)]);
  });

  it('of the guide is one, and suits that contract', async () => {
    const guide = await readFile('docs/guides/another-api.md', 'utf8');
    const shown = /```yaml\n(binding: exports\n[^`]*)```/.exec(guide)?.[1] ?? '';
    expect(checkBinding(parseBinding('another-api.md', shown), contract)).toEqual([]);
  });

  it('may give an operation an answer of its own', () => {
    const own = text.replace(
      '{ link: "{api}/exports/{resource.id}" }',
      '{ makes: false, scheduled: { http: 201, data: { id: "{job}" } } }',
    );
    const scheduling = parseBinding('binding.yaml', own).schedules.get('startExport');
    expect(scheduling).toMatchObject({ makes: false, scheduled: { http: 201 } });
    expect(scheduling?.scheduled.data?.({ job: 'J' })).toEqual({ id: 'J' });
  });
});
