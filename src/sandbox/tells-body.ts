import type { Binding } from '../contract/binding.js';
import type { OwnAnswer } from '../contract/job-operations.js';
import { namesIn } from '../contract/template.js';
import type { Scenario } from '../scenario/scenario.js';

const known = new WeakMap<object, boolean>();

/** Do answers about a job tell what its request asked for? Only then is that kept beyond the job's end. */
export function tellsBody(binding: Binding, scenario: Scenario): boolean {
  return ask(binding, templatesOf) || ask(scenario, ({ life }) => life);
}

function ask<T extends object>(of: T, textsOf: (of: T) => unknown): boolean {
  let found = known.get(of);
  if (found === undefined) {
    found = namesIn(textsOf(of)).some((name) => name === 'body' || name.startsWith('body.'));
    known.set(of, found);
  }
  return found;
}

function templatesOf(binding: Binding): unknown {
  const { schedules, states, list, webhooks = [] } = binding;
  const answers = [
    ...ownAnswers(binding),
    ...[...schedules.values()].flatMap(({ shapes }) => [...shapes.values()]),
    ...[...states.values()].flatMap(({ shapes }) => [...shapes.values()]),
  ];
  const links = [...schedules.values()].map(({ link }) => link);
  const filters = [...(list?.filter.values() ?? [])].map((place) => `{${place}}`);
  return [
    ...webhooks.flatMap(({ data, headers }) => [data, ...Object.values(headers)]),
    ...answers.flatMap(({ data, headers }) => [data, ...Object.values(headers)]),
    ...links,
    list?.item,
  ]
    .map((template) => template?.source)
    .concat(filters);
}

function ownAnswers({ cancel, delete: deletes, results, expires }: Binding): OwnAnswer[] {
  const all = [
    ...[cancel, cancel?.refused, deletes, deletes?.refused, expires],
    ...results.flatMap((result) => [result, result.before]),
  ];
  return all.filter((answer) => answer !== undefined);
}
