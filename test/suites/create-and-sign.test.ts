import { describe, expect, it } from 'vitest';
import { base64 } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openProcess, outcomesOf, stepsOf } from '../support/processes.js';

const ALL = {
  create: 'done',
  read: 'done',
  sign: 'done',
  'read-signed': 'done',
  integration: 'done',
};

describe('the process create-and-sign', () => {
  it('is passed by a client that goes through all of its steps', async () => {
    const { make, read, sign, integration, verdict } = await openProcess('create-and-sign');
    const id = await make(disability());
    await read(id);
    await sign(id);
    await read(id);
    await integration(id);
    const found = await verdict();
    expect(stepsOf(found)).toEqual(Object.keys(ALL).map((step) => `${step} done`));
    expect(found.process).toMatchObject({ suite: 'create-and-sign', outcome: 'passed' });
    expect(found.held).toBe(true);
  });

  it('is incomplete where nobody signs', async () => {
    const { make, read, verdict } = await openProcess('create-and-sign');
    await read(await make(disability()));
    const found = await verdict();
    expect(outcomesOf(found)).toEqual({
      ...ALL,
      ...{ sign: 'not reached', 'read-signed': 'not reached', integration: 'not reached' },
    });
    expect(found.process?.outcome).toBe('incomplete');
    expect(found.rules.at(-1)).toMatchObject({
      rule: 'follows-the-process',
      outcome: 'not exercised',
    });
  });

  it('fails a client that never reads what it has signed', async () => {
    const { make, client, done, read, integration, verdict } = await openProcess('create-and-sign');
    const id = await make(disability());
    const document = await read(id);
    await done(await client.sign(id, base64(document)));
    await integration(id);
    const found = await verdict();
    expect(outcomesOf(found)).toEqual({ ...ALL, 'read-signed': 'left out' });
    expect(found.held).toBe(false);
  });

  it('tells where the signed content differs from what was read', async () => {
    const { make, client, end, read, verdict } = await openProcess('create-and-sign');
    const id = await make(disability());
    const document = await read(id);
    await end(await client.sign(id, base64({ ...document, status: 'FINAL' })));
    const found = await verdict();
    expect(stepsOf(found).slice(0, 3)).toEqual([
      'create done',
      'read done',
      expect.stringMatching(
        /^sign wrong: its job was told as FAILED .*signed differs from answer of read at \$\.status$/,
      ),
    ]);
  });

  it('sees that a conclusion was signed before its job was done', async () => {
    const { client, sandbox, verdict } = await openProcess('create-and-sign');
    const { json } = await client.create(disability());
    const [{ resource }] = sandbox.jobs() as unknown as [{ resource: string }];
    await client.sign(resource, base64({}));
    sandbox.clock.advance('3s');
    await client.poll(json.data.id);
    const found = await verdict();
    expect(stepsOf(found)[2]).toMatch(/^sign out of order: it came before step create was over/);
    expect(found.held).toBe(false);
  });

  it('sees that another conclusion was read', async () => {
    const { make, read, verdict } = await openProcess('create-and-sign');
    await make(disability());
    await read('00000000-0000-4000-8000-00000000dead');
    expect(stepsOf(await verdict())[1]).toMatch(
      /^read wrong: it was answered 404; path\.compositionId is 0{8}-.*, and resource of create is /,
    );
  });
});

describe('a course that fails', () => {
  it('wants the error to be seen', async () => {
    const { client, end, verdict } = await openProcess('create-and-sign', 'failed-1172');
    await end(await client.create(disability()));
    const found = await verdict();
    expect(outcomesOf(found)).toEqual({
      create: 'done',
      'create-shown': 'unseen',
      ...{ read: 'skipped', sign: 'skipped', 'read-signed': 'skipped', integration: 'skipped' },
    });
    expect(found.process?.outcome).toBe('incomplete');
    const seen = await verdict('&seen=true');
    expect(seen.process?.outcome).toBe('passed');
  });

  it('lets the signature fail, and what is left is not in this course', async () => {
    const { make, read, client, end, sandbox, verdict } = await openProcess(
      'create-and-sign',
      'failed-1184',
    );
    const id = await make(disability());
    const scheduled = await client.sign(id, base64(await read(id)));
    sandbox.clock.advance('2s');
    await end(scheduled);
    const found = await verdict('&seen=true');
    expect(found.process?.outcome).toBe('passed');
    expect(outcomesOf(found)).toMatchObject({
      sign: 'done',
      'sign-shown': 'done',
      integration: 'skipped',
    });
  });
});
