import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { statusOf } from './composition.js';
import { isLocated, locate } from './read.js';
import { notFound } from './refusals.js';
import { tasksAt } from './tasks.js';

/** What other registers have answered. Drafts are not shown: nothing has been told to anyone yet. */
export function readIntegrationData(request: ApiRequest, world: World): Reply | Refusal {
  const found = locate(request, world);
  if (!isLocated(found)) return found;
  if (statusOf(found) === 'PRELIMINARY') {
    return notFound('A PRELIMINARY composition has no integration data; sign it first');
  }
  return { status: 200, content: { data: tasksAt(found.facts.tasks, world.now), type: 'list' } };
}
