import type { BusinessError, FinishedJob, Pack, World } from './pack.js';

/** What an author writes: a name, and what the API does beyond its scenarios. */
export interface PackDefinition
  extends Pick<Pack, 'name'>,
    Partial<Omit<Pack, 'name' | 'complete'>> {
  // biome-ignore lint/suspicious/noConfusingVoidType: authors write functions that return nothing
  complete?(job: FinishedJob, world: World): BusinessError | undefined | void;
}

/**
 * Makes a pack of its parts: what is left out does nothing. Default export of a pack folder's `behaviour.js`.
 *
 * @example
 * import { definePack } from 'esoz-sandbox/pack';
 *
 * export default definePack({
 *   name: 'orders',
 *   complete(job, world) {
 *     world.keep({ kind: 'order', id: job.resource, document: { id: job.resource, ...job.body } });
 *   },
 *   reads: {
 *     getOrder({ params }, world) {
 *       const order = world.find('order', params.id);
 *       if (!order) return { status: 404 };
 *       return { status: 200, content: { data: order.document, type: 'object' } };
 *     },
 *   },
 * });
 */
export function definePack(definition: PackDefinition): Pack {
  return {
    admit: () => undefined,
    complete: () => undefined,
    reads: {},
    seed: () => `the pack ${definition.name} takes no documents by hand; give it a \`seed\``,
    ...definition,
  } as Pack;
}
