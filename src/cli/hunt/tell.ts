import pc from 'picocolors';
import { formatCount } from '../../audit/format.js';
import type { HuntEvent, Hunted } from '../../hunt/plan.js';
import type { SandboxError } from '../../sandbox-error.js';
import { t } from '../../texts/spoken.js';
import { formatDuration } from '../../time/duration.js';
import type { Duration } from '../../time/moments.js';
import { sayError } from '../print-error.js';
import type { Ended, Unplayed } from './ended.js';
import { findsJson } from './json.js';
import { makeProgress } from './progress.js';
import { tellHunted, tellUnplayed } from './text.js';

interface Given {
  format: 'text' | 'json';
  seed: number;
  budget: Duration;
  jobs: number;
  /** How many times as fast a client's own time runs; undefined: as true time does. */
  rate: number | undefined;
  /** Why it does not run faster, where it was to. */
  why: SandboxError | undefined;
  argv: readonly string[];
  /** The command line in front of the client's command, as it has to be to play a scenario again. */
  again: readonly string[];
}

/** Who is told of a hunt: people as it goes on, programs at its end. */
export interface Teller {
  begin(): void;
  hear(event: HuntEvent): void;
  unplayed(told: Unplayed): void;
  end(hunted: Hunted, ended: Ended): void;
  /** Nothing more is told as it happens. */
  silence(): void;
}

export function makeTeller(given: Given): Teller {
  const { format, seed, budget, jobs, argv, again, rate, why } = given;
  const say = (text: string) => void process.stdout.write(text);
  if (format === 'json') {
    const json = (told: object) => say(`${JSON.stringify(told, null, 2)}\n`);
    return {
      begin: () => {},
      hear: () => {},
      unplayed: ({ why, output }) => json({ seed, budget, unplayed: why, output }),
      end: (hunted, ended) => json(findsJson(hunted, ended, given)),
      silence: () => {},
    };
  }
  const progress = makeProgress(process.stdout, budget);
  return {
    begin: () => {
      const runs = t(formatCount(jobs, 'run'));
      say(
        pc.dim(
          `${t`hunting with seed ${seed} for ${formatDuration(budget)}, ${runs} side by side`}${tellRate(rate)}\n`,
        ),
      );
      if (why !== undefined) say(pc.dim(`${t("at the API's own times")}: ${sayError(why)}\n`));
      progress.begin();
    },
    hear: progress.hear,
    unplayed: (told) => {
      progress.end();
      say(tellUnplayed(told));
    },
    end: (hunted, ended) => {
      progress.end();
      say(tellHunted(hunted, ended, { seed, argv, again, rate }));
    },
    silence: () => progress.end(),
  };
}

function tellRate(rate: number | undefined): string {
  return rate === undefined ? '' : `, ${t`in time that runs ${rate} times as fast`}`;
}
