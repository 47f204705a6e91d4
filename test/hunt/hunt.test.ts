import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Cause } from '../../src/audit/cause.js';
import { stepsOf } from '../../src/hunt/draft.js';
import { Drafts } from '../../src/hunt/drafts.js';
import { hunt } from '../../src/hunt/hunt.js';
import type { Kit } from '../../src/hunt/ingredient.js';
import { kitOf } from '../../src/hunt/ingredients.js';
import type { HuntPlan } from '../../src/hunt/plan.js';
import type { Play } from '../../src/hunt/play.js';
import { tellLife } from '../../src/hunt/write-life.js';
import { loadBare } from '../../src/load/load-setup.js';
import type { Scenario, Step } from '../../src/scenario/scenario.js';

let kit: Kit;
beforeAll(async () => {
  const [api] = await loadBare({ pack: 'compositions' });
  kit = kitOf(api) as Kit;
});

/** A client as a hunt sees it: the causes that a life brings to light. */
type Client = (scenario: Scenario, run: number) => readonly string[];

/** Runs that end in an order of their own, and at once when they are not wanted any more. */
function playWith(client: Client): Play {
  let runs = 0;
  return async (scenario, unwanted) => {
    const run = runs++;
    for (let turn = 0; turn < (scenario.name.length * 7 + run * 3) % 11; turn += 1)
      await Promise.resolve();
    if (unwanted?.aborted) return undefined;
    const causes = client(scenario, run).map((id) => ({ id, title: id }) as Cause);
    const met = new Set(scenario.refuse ? [0] : scenario.life.keys());
    return { causes, met, stepOf: () => undefined, output: '' };
  };
}

function huntWith(client: Client, more: Partial<HuntPlan> = {}) {
  let runs = 0;
  const play = playWith(client);
  return hunt({
    kit,
    drafts: new Drafts(fc, kit, 1),
    play: (scenario, unwanted) => {
      runs += 1;
      return play(scenario, unwanted);
    },
    jobs: 4,
    longest: 30_000,
    pace: 1,
    left: () => 100_000 - 100 * runs,
    elapsed: () => 100 * runs,
    all: false,
    hear: () => {},
    ...more,
  });
}

const says = ({ response }: Step) => response;
const statusOf = (step: Step) => {
  const said = says(step);
  return 'answer' in said ? said.answer.http : undefined;
};
const faultOf = (step: Step) => {
  const said = says(step);
  return 'answer' in said ? said.answer.fault?.name : undefined;
};
const pending = ({ life }: Scenario) =>
  life.reduce(
    (sum, step) =>
      'state' in step.response && step.duration.kind === 'polls' && !step.offContract
        ? sum + step.duration.polls
        : sum,
    0,
  );

describe('hunt', () => {
  it('shrinks what it finds to nothing but the step that breaks the client', async () => {
    const { finds, flaky } = await huntWith(({ life }) =>
      life.some((step) => faultOf(step) === 'bom') ? ['cannot-read-bom'] : [],
    );
    expect(flaky).toEqual([]);
    expect(finds).toHaveLength(1);
    const [{ shrunk, cause, smallest }] = finds as [(typeof finds)[number]];
    expect(cause.id).toBe('cannot-read-bom');
    expect(smallest).toBe(true);
    expect(tellLife(shrunk.scenario)).toEqual([
      'JSON behind a byte order mark for 1 poll, eta 400ms after each answer',
      'DONE for ever',
    ]);
  });

  it('shrinks lengths too: as many polls as it needs, the shortest eta', async () => {
    const { finds } = await huntWith((scenario) => (pending(scenario) >= 3 ? ['stops'] : []));
    expect(finds.map(({ shrunk }) => tellLife(shrunk.scenario))).toEqual([
      ['PENDING for 3 polls, eta 400ms after each answer', 'DONE for ever'],
    ]);
  });

  it('finds what answers the request that schedules', async () => {
    const { finds } = await huntWith(({ refuse }) =>
      refuse?.fault?.name === 'reset' ? ['submits-again'] : [],
    );
    expect(finds.map(({ shrunk }) => [stepsOf(shrunk), tellLife(shrunk.scenario)])).toEqual([
      [1, ['connection reset']],
    ]);
  });

  it('finds an end that few lives have, as the one step that there is', async () => {
    const { finds } = await huntWith(({ life }) =>
      life.map(statusOf).at(-1) === 404 && !life.map(statusOf).includes(undefined)
        ? ['asks-on']
        : [],
    );
    expect(finds.map(({ shrunk }) => stepsOf(shrunk))).toEqual([1]);
  });

  it('blames no rare fault for what the plain step does as well', async () => {
    const { finds } = await huntWith((scenario) => {
      const { life } = scenario;
      if (life.some((step) => faultOf(step) === 'truncated-body')) return ['cannot-read-it'];
      return pending(scenario) >= 1 ? ['leaves'] : [];
    });
    expect(finds[0]?.cause.id).toBe('leaves');
  });

  it('finds the same for a seed, in whatever order runs end', async () => {
    const breaks: Client = ({ life }) => (life.some((step) => statusOf(step) === 503) ? ['x'] : []);
    const many = await Promise.all(
      [1, 2, 4, 8].map((jobs) => huntWith(breaks, { jobs }).then(({ finds }) => finds)),
    );
    expect(new Set(many.map(([find]) => find?.number)).size).toBe(1);
    expect(
      new Set(many.map(([find]) => tellLife(find?.shrunk.scenario as Scenario).join())).size,
    ).toBe(1);
  });

  it('counts nothing that does not show again', async () => {
    let seen = 0;
    const { finds, flaky } = await huntWith(() => (seen++ === 5 ? ['by-chance'] : []), {
      left: leftFor(60),
    });
    expect(finds).toEqual([]);
    expect(flaky).toMatchObject([{ cause: { id: 'by-chance' }, seen: 1, of: 3 }]);
  });

  it('goes back where the shortest life does not show it again', async () => {
    const times = new Map<string, number>();
    const { finds } = await huntWith(({ life }) => {
      const form = tellLife({ life, refuse: undefined }).join();
      times.set(form, (times.get(form) ?? 0) + 1);
      // The plainest shows it once, by chance.
      if (form === 'DONE for ever') return times.get(form) === 1 ? ['x'] : [];
      return life.some((step) => statusOf(step) === 503) ? ['x'] : [];
    });
    expect(finds).toHaveLength(1);
    expect(tellLife(finds[0]?.shrunk.scenario as Scenario).join()).not.toBe('DONE for ever');
  });

  it('goes on to other causes when it is asked to, each told once', async () => {
    const { finds } = await huntWith(
      ({ life }) => life.flatMap((step) => [faultOf(step) ?? []].flat()).slice(0, 1),
      { all: true, left: leftFor(400) },
    );
    const ids = finds.map(({ cause }) => cause.id);
    expect(ids.length).toBeGreaterThan(5);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('ends when time is up, and says what was never tried', async () => {
    const { finds, lives, tried } = await huntWith(() => [], { left: leftFor(30) });
    expect(finds).toEqual([]);
    expect(lives).toBeGreaterThan(20);
    const { met, all } = tried.counts;
    const untried = tried.untried().flatMap(({ names }) => names);
    expect(untried).toHaveLength(all - met);
    expect(met).toBeGreaterThan(10);
  });
});

/** Time for so many looks at it. */
function leftFor(many: number): () => number {
  let looks = 0;
  return () => (looks++ < many ? 60_000 : 0);
}
