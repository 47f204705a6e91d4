import { describe, expectTypeOf, it } from 'vitest';
import type { Duration, MachineMs, Moment, WallMoment } from '../../src/time/moments.js';

/* What the compiler makes of them: `npm run types` holds it, at run time they are plain numbers. */
describe('Kinds of time', () => {
  it('takes a plain number for any kind', () => {
    expectTypeOf<number>().toExtend<Moment>();
    expectTypeOf<number>().toExtend<Duration>();
    expectTypeOf<number>().toExtend<WallMoment>();
    expectTypeOf<number>().toExtend<MachineMs>();
  });

  it('takes no kind for another', () => {
    expectTypeOf<Duration>().not.toExtend<Moment>();
    expectTypeOf<Moment>().not.toExtend<Duration>();
    expectTypeOf<WallMoment>().not.toExtend<Moment>();
    expectTypeOf<Moment>().not.toExtend<WallMoment>();
    expectTypeOf<MachineMs>().not.toExtend<Duration>();
    expectTypeOf<MachineMs>().not.toExtend<WallMoment>();
  });
});
