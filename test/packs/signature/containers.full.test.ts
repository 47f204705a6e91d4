import { describe, it } from 'vitest';
import { expectRefused, expectSeen, expectVerified, MODES, PARTS } from './judging.js';
import { CONTAINERS } from './vectors.js';

describe('every container of Bouncy Castle', () => {
  const usual = CONTAINERS.filter(({ about }) => !/detached|another/.test(about));
  it.each(usual)('is verified: $about, $digests, $length bytes', expectVerified);

  const short = CONTAINERS.filter(
    ({ about, length }) => MODES.includes(about) && length > 0 && length < 2000,
  );
  it.each(PARTS)('with one bit of its %s turned is no good', (name) => expectSeen(short, name));
});

describe('a container that is damaged two thousand times', () => {
  it('never throws, and never verifies as another content', () => expectRefused(2000));
});
