import { describe, expect, it } from 'vitest';
import { open, verifyAhead } from '../../../src/packs/signature/containers.js';
import type { Question } from '../../../src/packs/signature/dstu/question.js';
import { askThread } from '../../../src/packs/signature/dstu/thread.js';
import { openContainer } from '../../../src/packs/signature/open-container.js';
import { makePhysician, seal } from '../../support/containers.js';
import { makeDstuPhysician, sealWithDstu } from '../../support/dstu.js';

const doctors = ['Перша', 'Друга'].map((name) => makeDstuPhysician(name));

function questionsIn(bytes: Buffer): Question[] {
  const questions: Question[] = [];
  openContainer(bytes, (question) => {
    questions.push(question);
    return 'good';
  });
  return questions;
}

describe('the thread', () => {
  it('answers each question by itself, however many come at once', async () => {
    const good = questionsIn(sealWithDstu('one', doctors));
    const [first] = good;
    if (!first?.signed) throw new Error('nothing is asked');
    const content = { ...first, content: Buffer.from('another') };
    const signature = { ...first, signed: { ...first.signed, signature: Buffer.alloc(64, 1) } };
    const asked = [good, [content], [signature], [signature, first, content]].map(askThread);
    expect(await Promise.all(asked)).toEqual([
      ['good', 'good'],
      ['content'],
      ['signature'],
      ['signature', 'good', 'content'],
    ]);
  });
});

describe('what is computed ahead', () => {
  it('is nothing where no signature is one of DSTU', async () => {
    expect(verifyAhead(await seal('text', [await makePhysician('p256')]))).toBeUndefined();
    expect(verifyAhead(Buffer.from('{}'))).toBeUndefined();
    expect(verifyAhead(Buffer.from('2a86240201010101', 'hex'))).toBeUndefined();
  });

  it('is all that opening the container needs, and is kept', async () => {
    const bytes = sealWithDstu('ahead', doctors, 'Kupyna');
    await verifyAhead(bytes);
    expect(verifyAhead(bytes)).toBeUndefined();
    expect(open(bytes)).toMatchObject({
      signers: [
        { name: 'Перша', state: 'verified' },
        { name: 'Друга', state: 'verified' },
      ],
    });
    const [first, second] = doctors;
    if (!first || !second) throw new Error('no doctors');
    const bad = sealWithDstu('ahead', [first, { ...second, secret: first.secret }]);
    await verifyAhead(bad);
    expect(open(bad)).toMatch(/\(of Друга\) that is no good: the signature does not verify/);
  });

  it('is computed when the container is opened, if nobody has done it before, and kept as well', () => {
    const bytes = sealWithDstu('at once', doctors);
    expect(open(bytes)).toMatchObject({ signers: [{ state: 'verified' }, { state: 'verified' }] });
    expect(verifyAhead(bytes)).toBeUndefined();
  });
});
