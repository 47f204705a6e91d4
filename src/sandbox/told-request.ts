import { isCredentialName } from '../contract/credential-name.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Api } from './api.js';
import type { HandlerRequest } from './handled.js';
import type { ToldRequest } from './job.js';
import { tellsOf } from './tells-body.js';

/**
 * Keeps of a request what answers about its job tell; undefined where they tell nothing of it. Credentials are never
 * kept, whatever a template asks for.
 */
export function keepTold(
  { binding, contract }: Api,
  scenario: Scenario,
  { query, headers }: Pick<HandlerRequest, 'query' | 'headers'>,
  id: number | undefined,
): ToldRequest | undefined {
  const [ofBinding, ofScenario] = [tellsOf(binding), tellsOf(scenario)];
  const wantsQuery = ofBinding.query || ofScenario.query;
  const names = [...ofBinding.headers, ...ofScenario.headers];
  if (id === undefined && !wantsQuery && names.length === 0) return undefined;
  const { secrets } = contract;
  return {
    id,
    query: wantsQuery ? without(query, secrets.query) : undefined,
    headers: names.length > 0 ? pick(headers, names, secrets.headers) : undefined,
  };
}

function without(query: HandlerRequest['query'], secrets: ReadonlySet<string>) {
  return Object.fromEntries(Object.entries(query).filter(([name]) => !secrets.has(name)));
}

function pick(
  headers: HandlerRequest['headers'],
  names: readonly string[],
  secrets: ReadonlySet<string>,
): Record<string, string> {
  const found = names.flatMap((name) => {
    const value = headers[name];
    if (value === undefined || secrets.has(name) || isCredentialName(name)) return [];
    // RFC 9110 §5.2: lines of one name are one list.
    return [[name, Array.isArray(value) ? value.join(', ') : value] as const];
  });
  return Object.fromEntries(found);
}
