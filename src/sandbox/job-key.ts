import { canonicalId, isChosen, isCounted } from '../contract/id-form.js';
import type { Api } from './api.js';

/**
 * What a job is kept by in its session. Ids that are drawn are never the same; those that are counted or chosen may be
 * the same in two APIs.
 */
export function jobKey({ name, binding }: Pick<Api, 'name' | 'binding'>, id: string): string {
  const { ids } = binding.report;
  return isCounted(ids) || isChosen(ids) ? `${name} ${canonicalId(id)}` : id;
}
