import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { costOf, limitFor } from '../../src/hunt/cost.js';
import { formOf, lifeOf, stepsOf } from '../../src/hunt/draft.js';
import { Drafts } from '../../src/hunt/drafts.js';
import type { Kit } from '../../src/hunt/ingredient.js';
import { kitOf } from '../../src/hunt/ingredients.js';
import { loadFastCheck } from '../../src/hunt/load-fast-check.js';
import { tellLife, writeLife } from '../../src/hunt/write-life.js';
import { lintText } from '../../src/load/authoring/lint-text.js';
import { loadBare, loadSetup } from '../../src/load/load-setup.js';
import type { Api } from '../../src/sandbox/api.js';
import { checkAnswersAgainstContract } from '../../src/sandbox/check-answers.js';

const PACKS = ['compositions', 'medical-events'] as const;
const MANY = 300;
const kits = new Map<string, { api: Api; kit: Kit }>();

beforeAll(async () => {
  for (const pack of PACKS) {
    const [api] = await loadBare({ pack });
    kits.set(pack, { api, kit: kitOf(api) as Kit });
  }
});

const of = (pack: string) => kits.get(pack) as { api: Api; kit: Kit };
const livesOf = ({ kit }: { kit: Kit }, seed = 1, many = MANY) => {
  const drafts = new Drafts(fc, kit, seed);
  return Array.from({ length: many }, (_, i) => lifeOf(drafts.draw(i).draft, kit, `life-${i}`));
};

describe('what lives are drawn from', () => {
  it('is plainest first: a state told to some polls, and the usual end', () => {
    const { kit } = of('compositions');
    expect(kit.pieces[0]).toMatchObject({ kind: 'state', name: 'PENDING', temper: 'on' });
    expect(kit.ends[0].steps).toMatchObject([{ response: { state: 'DONE' } }]);
  });

  it('has each ingredient once, by a name of its own', () => {
    for (const pack of PACKS) {
      const { pieces, ends, refusals } = of(pack).kit;
      for (const all of [pieces, ends, refusals]) {
        const names = all.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
      }
    }
  });

  it('holds nothing for a binding in which no job goes on', async () => {
    const { api } = of('compositions');
    const states = new Map([...api.binding.states].filter(([, { outcome }]) => outcome !== 'open'));
    expect(kitOf({ ...api, binding: { ...api.binding, states } })).toBeUndefined();
  });
});

describe.each(PACKS)('lives of %s', (pack) => {
  it('are the same for a seed, whichever were drawn before', () => {
    const own = of(pack);
    const alone = new Drafts(fc, own.kit, 7).draw(41).draft;
    expect(formOf(lifeOf(alone, own.kit, 'alone'))).toBe(
      formOf(livesOf(own, 7, 42)[41] as ReturnType<typeof lifeOf>),
    );
    expect(livesOf(own, 8, 20).map(formOf)).not.toEqual(livesOf(own, 7, 20).map(formOf));
  });

  it('have every ingredient before long', () => {
    const own = of(pack);
    const { pieces, ends, refusals } = own.kit;
    const drawn = new Set(livesOf(own).flatMap(({ parts }) => parts));
    expect([...pieces, ...ends, ...refusals].filter((each) => !drawn.has(each))).toEqual([]);
  });

  it('say nothing that the contract does not allow, but for what breaks it on purpose', () => {
    const own = of(pack);
    for (const { scenario } of livesOf(own))
      expect(checkAnswersAgainstContract(own.api, scenario)).toEqual([]);
  });

  it('are such that a good client gets through: mishaps apart, 404 at first or for good, 401 once', () => {
    for (const { parts, scenario } of livesOf(of(pack))) {
      if (scenario.refuse) continue;
      const tempers = parts.map(({ temper }) => temper);
      const before = parts.findIndex(({ kind }) => kind === 'end');
      for (let i = 1; i < before; i += 1) {
        if (tempers[i] !== 'on') expect(tempers[i - 1]).toBe('on');
        expect(tempers[i]).not.toBe('gone');
      }
      expect(tempers.slice(0, before).filter((each) => each === 'refused').length).toBeLessThan(2);
      expect(stepsOf({ parts, scenario })).toBeLessThanOrEqual(4 + 2);
      expect(limitFor(scenario)).toBeGreaterThan(2 * costOf(scenario));
    }
  });

  it('shrink towards the plainest life, none to a longer one', () => {
    const own = of(pack);
    const drafts = new Drafts(fc, own.kit, 3);
    for (let i = 0; i < 40; i += 1) {
      const drawing = drafts.draw(i);
      const { length } = drawing.draft.pieces;
      for (const { draft } of drawing.smaller())
        expect(draft.pieces.length).toBeLessThanOrEqual(length);
      let plainest = drawing;
      for (let [next] = plainest.smaller(); next; [next] = plainest.smaller()) plainest = next;
      expect(formOf(lifeOf(plainest.draft, own.kit, 'last'))).toBe(
        formOf(lifeOf({ refusal: undefined, pieces: [], end: 0, eta: 400 }, own.kit, 'plain')),
      );
    }
  });

  it('are written as files that read the same again', async () => {
    const own = of(pack);
    const { apis } = await loadSetup({ pack });
    for (const { scenario } of livesOf(own, 5, 40)) {
      const yaml = await writeLife(own.api, scenario, 'found', 'What was found.');
      const { scenario: read, problems } = await lintText(apis, { pack }, { yaml });
      expect(problems, yaml).toEqual([]);
      expect(read && tellLife(read)).toEqual(tellLife(scenario));
      expect(read?.expect).toEqual(scenario.expect);
    }
  });
});

describe('loadFastCheck', () => {
  it('says what to install where it is missing', async () => {
    const missing = Object.assign(new Error('none'), { code: 'ERR_MODULE_NOT_FOUND' });
    await expect(loadFastCheck(() => Promise.reject(missing))).rejects.toMatchObject({
      code: 'HUNT_ENGINE_MISSING',
      message: expect.stringContaining('npm install fast-check@4'),
    });
  });
});
