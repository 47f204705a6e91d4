import { describe, expect, it } from 'vitest';
import { DOCUMENTS } from '../../scripts/documents/list.mjs';
import { runOne } from '../../scripts/documents/run.mjs';

/** Those of the list that a package of ours brings; the others need a folder (npm run documents). */
const HERE = DOCUMENTS.filter((entry) => entry.package === '@readme/oas-examples');

describe('a public document', () => {
  it.each(HERE)('$name is served no worse than Prism serves it', async (entry) => {
    const row = await runOne(entry, 'documents', 40);
    expect(row.asked).toBeGreaterThan(0);
    const { sandbox, prism } = row;
    expect(sandbox.problem).toBeUndefined();
    // RFC 9110 §15.2: 101 is no answer; an operation that has no other is refused with the reason.
    const failing = sandbox.faults.filter(({ verdict }) => verdict === 'error');
    const interim = failing.filter(({ why }) => why.includes('no answer but 101,'));
    expect(failing).toEqual(interim);
    expect(sandbox.counts.good + interim.length).toBeGreaterThanOrEqual(prism.counts.good);
    expect(sandbox.examples.refused).toBeLessThanOrEqual(prism.examples.refused);
  });
});
