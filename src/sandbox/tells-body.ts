import type { Binding } from '../contract/binding.js';
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

function templatesOf({ schedules, states }: Binding): unknown {
  const answers = [
    ...[...schedules.values()].flatMap(({ shapes }) => [...shapes.values()]),
    ...[...states.values()].flatMap(({ shapes }) => [...shapes.values()]),
  ];
  const links = [...schedules.values()].map(({ link }) => link);
  return [
    ...answers.flatMap(({ data, headers }) => [data, ...Object.values(headers)]),
    ...links,
  ].map((template) => template?.source);
}
