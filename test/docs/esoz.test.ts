import { beforeAll, describe, expect, it } from 'vitest';
import { openSandbox } from '../support/sandbox.js';
import { askAll } from './esoz/ask.js';
import { type Fact, readFacts } from './esoz/facts.js';
import { esozPage } from './esoz/page.js';
import { loadPlatform, type Served, servedOf } from './esoz/product.js';

let platform: Served[];
const facts = readFacts();
beforeAll(async () => {
  platform = await loadPlatform();
});

const of = (source: Fact['from']) => facts.filter(({ from }) => from === source);
const without = (source: Fact['from']) =>
  of(source)
    .filter((fact) => servedOf(platform, fact) === undefined)
    .map(({ id }) => id);

describe('the operations of the platform', () => {
  it('are all listed, as many as the sources have', () => {
    const counts: Record<string, number> = {};
    for (const { from } of facts) counts[from] = (counts[from] ?? 0) + 1;
    expect(counts).toEqual({
      compositions: 11,
      'medical-events': 181,
      oauth: 11,
      general: 125,
      listed: 114,
    });
  });

  it('of compositions, medical events and authorization are all in a contract, each in its own', () => {
    for (const source of ['compositions', 'medical-events', 'oauth'] as const) {
      expect(without(source)).toEqual([]);
      const packs = of(source).map((fact) => servedOf(platform, fact)?.api.name);
      expect(new Set(packs)).toEqual(new Set([source]));
    }
  });

  it('that are asynchronous play a job, and so do those after which something appears later', () => {
    const differ = facts.filter((fact) => {
      const served = servedOf(platform, fact);
      return served !== undefined && (served.plays === 'job') !== fact.async;
    });
    expect(differ.map(({ id }) => id)).toEqual([
      'signPersonRequest',
      'signPersonRequestV2',
      'signDeclarationRequestV3',
      'createEmployeeRequestV2',
      'signMedicationRequestRequest',
    ]);
    expect(of('medical-events').filter(({ async }) => async)).toHaveLength(44);
  });

  it('are asked over HTTP, and stand in docs/esoz.md as they are', async () => {
    const { sandbox } = await openSandbox({ pack: 'esoz' });
    const shown = await askAll(sandbox, platform);
    await expect(esozPage(facts, platform, shown)).toMatchFileSnapshot('../../docs/esoz.md');
  });
});
