import { afterEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/store/redis/connection.js';
import { ServerTime } from '../../src/store/redis/server-time.js';

/** A server whose answer takes so long that half of it is a mistake: it comes from the end of the way. */
function clocks() {
  let steady = 0;
  const server = { ahead: 1_000_000, takes: 0 };
  const connection = {
    ask: async (ask: (redis: { time(): [string, string] }) => unknown) => {
      steady += server.takes;
      const micros = Math.round((steady + server.ahead) * 1000);
      return ask({ time: () => [String(Math.floor(micros / 1e6)), String(micros % 1e6)] });
    },
  } as unknown as Connection;
  const time = new ServerTime(connection, () => steady);
  return { time, server, pass: (ms: number) => (steady += ms), real: () => steady + server.ahead };
}

describe('The clock of a store that is shared', () => {
  const begun: ServerTime[] = [];
  afterEach(() => {
    for (const time of begun.splice(0)) time.end();
  });
  const begin = async (time: ServerTime) => {
    await time.begin();
    begun.push(time);
  };

  it('does not go back when it becomes known better, and goes on once it is caught up with', async () => {
    const { time, server, pass, real } = clocks();
    server.takes = 10;
    await begin(time);
    pass(0.5);
    const early = time.now();
    // Half the way of the answer is taken for the mistake: it is 5 ms ahead.
    expect(early - real()).toBe(5);
    server.takes = 0;
    await begin(time);
    expect(time.now()).toBe(early);
    pass(4);
    expect(time.now()).toBe(early);
    pass(3);
    expect(time.now()).toBe(real());
  });

  it('follows one that somebody has set back', async () => {
    const { time, server, pass, real } = clocks();
    await begin(time);
    expect(time.now()).toBe(real());
    server.ahead -= 60_000;
    pass(100);
    await begin(time);
    expect(time.now()).toBe(real());
  });
});
