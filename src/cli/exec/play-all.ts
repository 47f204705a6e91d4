import type { Chapter } from '../../report/report.js';
import { staysOpen } from '../../scenario/play.js';
import type { RunningServer } from '../../server/server.js';
import type { Played } from './choose.js';
import { leastTime } from './estimate.js';
import { type Plan, playScenario, variablesFor } from './play.js';
import type { Progress } from './progress.js';
import type { RunningCommand } from './run-command.js';
import { describeUnheard, wasUnheard } from './silent.js';
import { stopClientsOnSignal } from './stop-clients.js';

/** A sandbox that scenarios are played in one after the other: its port is theirs alone. */
export interface Lane {
  server: RunningServer;
  /** The scenarios as its own files have them, the same in each lane. */
  scenarios: readonly Played[];
}

export interface Playing {
  lanes: readonly [Lane, ...Lane[]];
  plan: Plan;
  progress: Progress;
}

/**
 * Plays scenarios, as many side by side as there are lanes. The first is the first to begin; when its command shows that
 * the client does not come here, it is the only one.
 * @returns their chapters in the order of the scenarios
 */
export async function playAll({ lanes, plan, progress }: Playing): Promise<Chapter[]> {
  const [{ scenarios }] = lanes;
  const running = new Map<number, RunningCommand>();
  const servers = lanes.map(({ server }) => server);
  const signals = stopClientsOnSignal(() => [...running.values()], servers);
  const chapters: (Chapter | undefined)[] = scenarios.map(() => undefined);
  const waiting = orderOf(scenarios, lanes.length);
  const halt: Halt = { over: false };
  const playLane = async (lane: Lane) => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const played = lane.scenarios[index] as Played;
      await signals.none();
      if (halt.over) return;
      const chapter = await playScenario(lane.server, played, plan, (command, requests) => {
        running.set(index as number, command);
        progress.begin(index as number, played.name, requests);
      }).finally(() => running.delete(index as number));
      if (halt.over) return;
      chapters[index] = chapter;
      progress.end(index, chapter);
      if (index === 0 && wasUnheard(chapter)) {
        halt.unheard = chapter;
        stopAll(halt, running);
      }
    }
  };
  try {
    const played = lanes.map((lane) =>
      playLane(lane).catch((error) => {
        stopAll(halt, running);
        throw error;
      }),
    );
    const ends = await Promise.allSettled(played);
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  } finally {
    progress.over();
    await signals.none();
    signals.ignore();
  }
  if (!halt.unheard) return chapters.flatMap((one) => one ?? []);
  const [first] = scenarios as [Played];
  const variables = variablesFor(lanes[0].server.url, first.scenario.name, plan);
  process.stdout.write(describeUnheard(halt.unheard, variables, scenarios.length - 1));
  return [halt.unheard];
}

interface Halt {
  over: boolean;
  /** The first scenario, in which no request came. */
  unheard?: Chapter;
}

function stopAll(halt: Halt, running: ReadonlyMap<number, RunningCommand>): void {
  halt.over = true;
  for (const command of running.values()) command.stop();
}

/** Side by side the longest begin first, so that none of them is left alone at the end. */
function orderOf(scenarios: readonly Played[], lanes: number): number[] {
  const indices = scenarios.map((_, i) => i);
  if (lanes === 1) return indices;
  const length = (i: number) => {
    const { scenario } = scenarios[i] as Played;
    return staysOpen(scenario.life) ? Number.MAX_VALUE : leastTime([scenario], 1);
  };
  const [first, ...others] = indices as [number, ...number[]];
  return [first, ...others.sort((a, b) => length(b) - length(a) || a - b)];
}
