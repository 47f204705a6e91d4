import { describe, expect, it } from 'vitest';
import { FileError, startSandbox } from '../../src/index.js';
import { definePack, type Pack } from '../../src/pack.js';
import { packWith } from '../support/pack-folder.js';

/** What a start with this behaviour is refused with: code and message of each mistake. */
async function refusalOf(behaviour: string): Promise<string[]> {
  const pack = await packWith({ 'behaviour.js': behaviour });
  const error = await startSandbox({ pack }).then(
    (sandbox) => sandbox.close(),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FileError);
  return (error as FileError).problems.map(({ code, file, message, hint }) => {
    expect(file).toBe(`${pack}/behaviour.js`);
    expect(hint).toBeTruthy();
    return `${code}: ${message}`;
  });
}

const MALFORMED = 'PACK_BEHAVIOUR_MALFORMED: ';

describe('a behaviour.js is refused at the start', () => {
  it.each([
    ['that exports nothing', 'export {};', 'it has no default export'],
    [
      'with a named export alone',
      'export const pack = {};',
      'it has no default export; it exports pack',
    ],
    [
      'whose default export is a function',
      'export default () => ({});',
      'its default export is no object',
    ],
    ['without a name', 'export default {};', 'the pack has no `name`'],
    ['with an empty name', 'export default { name: " " };', '`name` is no text'],
    [
      'with a part that there is none of',
      'export default { name: "x", read: {} };',
      'a pack has no part "read"',
    ],
    [
      'with a part of another kind',
      'export default { name: "x", complete: {} };',
      '`complete` is no function',
    ],
    [
      'whose reads are no object',
      'export default { name: "x", reads: 3 };',
      '`reads` is no object',
    ],
    [
      'with a read that is no function',
      'export default { name: "x", reads: { getOrder: {} } };',
      '`reads.getOrder` is no function',
    ],
    [
      'with settings that are no list',
      'export default { name: "x", settings: {} };',
      '`settings` is no list',
    ],
    [
      'with a setting without a text',
      'export default { name: "x", settings: [{ name: "A" }] };',
      '`settings`, entry 1 lacks `name` or `about`',
    ],
    [
      'with a setting of another type',
      'export default { name: "x", settings: [{ name: "A", about: "a", type: "text" }] };',
      '`settings`, entry 1: unknown type "text"',
    ],
    [
      'with a tour without chapters',
      'export default { name: "x", tour: {} };',
      '`tour` has no list of `chapters`',
    ],
  ])('%s', async (_, text, message) => {
    expect(await refusalOf(text)).toEqual([MALFORMED + message]);
  });

  it('with a default that is none of its type', async () => {
    const setting = '{ name: "A", about: "a", type: "number", default: "many" }';
    const [found] = await refusalOf(`export default { name: "x", settings: [${setting}] };`);
    expect(found).toContain('`settings`, entry 1: its default is none: setting A cannot be "many"');
  });

  it('that is no JavaScript, that throws, or that imports what is not there', async () => {
    for (const text of [
      'export default {',
      'throw new Error("not today");',
      'import "./gone.js";',
    ]) {
      const [found] = await refusalOf(text);
      expect(found).toMatch(/^PACK_BEHAVIOUR_UNREADABLE: cannot be imported: \w*Error: ./);
    }
  });

  it('with all that is wrong at once', async () => {
    expect(await refusalOf('export default { admit: 1, red: {} };')).toHaveLength(3);
  });
});

describe('definePack', () => {
  it('lets out what an API does not need', () => {
    const pack: Pack = definePack({ name: 'least' });
    expect(pack.reads).toEqual({});
    expect(pack.seed({}, {} as never)).toContain('least takes no documents by hand');
  });

  it('keeps what is given, and takes functions that return nothing', () => {
    const pack = definePack({
      name: 'orders',
      complete(job, world) {
        world.keep({ kind: 'order', id: job.resource, document: {} });
      },
    });
    expect(pack.name).toBe('orders');
    expect(pack.complete.length).toBe(2);
  });
});
