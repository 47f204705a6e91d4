import type { Binding } from '../contract/binding.js';
import { namesIn } from '../contract/template.js';
import { templateSources } from '../contract/template-sources.js';
import type { Scenario } from '../scenario/scenario.js';

/** What answers about a job tell of the request that scheduled it, beside its path. */
export interface Tells {
  body: boolean;
  query: boolean;
  /** Names of headers, in small letters. */
  headers: readonly string[];
}

const known = new WeakMap<object, Tells>();

/** Do answers about a job tell the body of its request? Only then is that kept beyond the job's end. */
export function tellsBody(binding: Binding, scenario: Scenario): boolean {
  return tellsOf(binding).body || tellsOf(scenario).body;
}

/** What the templates of a binding, or the answers of a scenario, tell of a request. */
export function tellsOf(of: Binding | Scenario): Tells {
  let found = known.get(of);
  if (!found) {
    found = read(namesIn('life' in of ? of.life : placesOf(of)));
    known.set(of, found);
  }
  return found;
}

/** Lists may be filtered by what answers do not tell. */
function placesOf(binding: Binding): unknown {
  const filters = [...(binding.list?.filter.values() ?? [])].map((place) => `{${place}}`);
  return [templateSources(binding), filters];
}

function read(names: readonly string[]): Tells {
  const tells = (part: string) =>
    names.some((name) => name === part || name.startsWith(`${part}.`));
  const headers = names.flatMap((name) =>
    name.startsWith('header.') ? [name.slice('header.'.length).toLowerCase()] : [],
  );
  return { body: tells('body'), query: tells('query'), headers: [...new Set(headers)] };
}
