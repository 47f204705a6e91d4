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
    const failing = sandbox.faults.filter(({ verdict }) => verdict === 'error');
    expect(failing).toEqual([]);
    expect(sandbox.counts.good).toBeGreaterThanOrEqual(prism.counts.good);
    expect(sandbox.examples.refused).toBeLessThanOrEqual(prism.examples.refused);
  });
});
