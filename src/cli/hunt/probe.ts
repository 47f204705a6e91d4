import type { Kit } from '../../hunt/ingredient.js';
import type { Api } from '../../sandbox/api.js';
import { wasUnheard } from '../exec/silent.js';
import type { Unplayed } from './ended.js';
import type { PlayedRun } from './players.js';

/** Whose jobs a client schedules, by its first run, which was played the plainest life of each API; or why nobody knows. */
export function readProbe(
  run: PlayedRun | undefined,
  kits: ReadonlyMap<Api, Kit>,
): { api: Api; kit: Kit } | Unplayed {
  if (!run) {
    const why = 'the client had not ended its first run when the budget was used up';
    return { why, output: '', next: 'give it more: --budget 5min' };
  }
  const { chapter, outcome } = run;
  const { output } = outcome;
  if (wasUnheard(chapter)) {
    const why = 'the command sent no request to the sandbox: nothing was tested';
    const next =
      'let the client take the base URL of the API from ESOZ_SANDBOX_URL, or fill in the variable that it reads: --env MY_API={url}';
    return { why, output, next };
  }
  const { jobs } = chapter.verdict;
  const found = [...kits].find(([api]) =>
    jobs.some((job) => (kits.size === 1 || job.api === api.name) && job.scenario !== undefined),
  );
  if (found) return { api: found[0], kit: found[1] };
  const why = 'the client scheduled no job, so it cannot be hunted';
  const next = 'give a command that schedules a job and waits for its end';
  return { why, output, next };
}
