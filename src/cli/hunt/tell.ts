import pc from 'picocolors';
import { formatCount } from '../../audit/format.js';
import { stepsOf } from '../../hunt/draft.js';
import type { Kit } from '../../hunt/ingredient.js';
import type { Find, HuntEvent, Hunted } from '../../hunt/plan.js';
import { tellLife } from '../../hunt/write-life.js';
import type { Api } from '../../sandbox/api.js';
import { t } from '../../texts/spoken.js';
import { formatDuration } from '../../time/duration.js';
import type { Duration, MachineMs } from '../../time/moments.js';
import { printable } from '../../view/printable.js';
import type { FindText, HuntOptions } from '../hunt.js';
import { findsJson } from './json.js';

interface Given {
  seed: number;
  budget: Duration;
  jobs: number;
  argv: readonly string[];
}

export interface Ended {
  api: Api;
  kit: Kit;
  texts: ReadonlyMap<Find, FindText>;
  took: MachineMs;
}

export interface Teller {
  begin(): void;
  hear(event: HuntEvent): void;
  unplayed(told: { why: string; output: string; next: string }): void;
  end(hunted: Hunted, ended: Ended): void;
  silence(): void;
}

export function makeTeller({ format }: HuntOptions, given: Given): Teller {
  const { seed, budget, jobs } = given;
  const say = (text: string) => void process.stdout.write(text);
  const isText = format === 'text';
  return {
    begin: () => {
      if (isText)
        say(
          pc.dim(
            `seed ${seed}, ${formatDuration(budget)}, ${formatCount(jobs, 'run')} side by side\n`,
          ),
        );
    },
    hear: (event) => {
      if (isText && event.kind !== 'played')
        say(
          `${event.kind} ${'cause' in event ? event.cause.id : ''} ${'life' in event ? event.life : ''}\n`,
        );
    },
    unplayed: ({ why, output, next }) => {
      say(`${t(why)}\n${printable(output)}\n  → ${t(next)}\n`);
    },
    end: (hunted, ended) => {
      if (!isText) return say(`${JSON.stringify(findsJson(hunted, ended, given), null, 2)}\n`);
      const { finds, flaky, lives, runs, tried } = hunted;
      say(`${lives} lives, ${runs} runs, ${Math.round(ended.took / 1000)} s\n`);
      for (const find of finds) {
        const { cause, outcome, shrunk, number } = find;
        const step = outcome.stepOf(cause);
        say(
          `✗ ${cause.title} [${cause.id}] life ${number}, ${stepsOf(find.drawn)} → ${stepsOf(shrunk)} steps in ${find.runs} runs (${find.smallest})\n`,
        );
        say(
          `  ${cause.evidence.finding.message}; at step ${step === undefined ? 'none' : step + 1}\n  → ${cause.advice}\n`,
        );
        say(`${ended.texts.get(find)?.text}\n`);
      }
      for (const one of flaky)
        say(
          `flaky: ${one.cause.id} ${one.seen}/${one.of} life ${one.number}: ${tellLife(one.life.scenario).join('; ')}: ${one.cause.evidence.finding.message}\n`,
        );
      say(`${JSON.stringify(tried.counts)} ${JSON.stringify(tried.untried())}\n`);
    },
    silence: () => {},
  };
}
