import type { Binding } from '../contract/binding.js';
import type { Contract } from '../contract/contract.js';
import {
  bodyPaths,
  parameterNames,
  reachBody,
  reachParameter,
} from '../contract/request-fields.js';
import type { Outcome } from '../outcome.js';
import { nearest } from '../problem.js';
import type { Refuse } from '../sandbox-error.js';
import type { Scenario, State, When } from '../scenario/scenario.js';
import type { RequestFields, Vocabulary } from '../scenario/vocabulary.js';
import type { Api } from './api.js';

/** What scenarios of this binding may name; `tolerances` are those of the auditor's rules. */
export function vocabularyOf(
  binding: Binding,
  contract: Contract,
  tolerances: Vocabulary['tolerances'],
): Vocabulary {
  return {
    operations: [...binding.schedules.keys()].filter((id) => contract.operations.has(id)),
    refuses: binding.refuses.filter((id) => contract.operations.has(id)),
    aliases: contract.aliases,
    states: new Map(
      [...binding.states].map(([name, { outcome, shapes }]) => [
        name,
        { outcome, shapes: [...shapes.keys()] },
      ]),
    ),
    envelopes: envelopesOf(binding),
    scheduled: new Map([...binding.schedules].map(([id, { shapes }]) => [id, [...shapes.keys()]])),
    cancelled: [...(binding.cancel?.shapes?.keys() ?? [])],
    errors: binding.errors,
    failure: binding.failure,
    missingScope: binding.gateway.missingScope.status,
    tolerances,
    webhooks: binding.webhooks && {
      signed: binding.webhooks.some(({ key }) => key !== undefined),
    },
    requestFields: (operation, part) => requestFields(contract, operation, part),
    links: new Set([...binding.schedules].flatMap(([id, { link }]) => (link ? [id] : []))),
  };
}

/** Of what a request wants to change, nobody knows the fields: a pack keeps it as it likes. */
export function requestFields(
  contract: Contract,
  operation: string,
  part: keyof When,
): RequestFields | undefined {
  const { parameters = [] } = contract.operations.get(operation) ?? {};
  if (part === 'resource' || part === 'headers') return undefined;
  if (part === 'body') {
    let names: string[] | undefined;
    return {
      has: (name) => reachBody(contract, operation, name),
      names: () => {
        names ??= bodyPaths(contract, operation);
        return names;
      },
    };
  }
  return {
    has: (name) => reachParameter(contract, operation, part, name),
    names: () => parameterNames(parameters, part),
  };
}

/** The binding's envelopes, and `bare`: none at all. */
function envelopesOf(binding: Binding): string[] {
  return [...binding.envelopes.keys(), 'bare'];
}

export function hasEnvelope(binding: Binding, envelope: string): boolean {
  return envelopesOf(binding).includes(envelope);
}

/** @throws what `refuse` makes, when no API has such an envelope */
export function checkEnvelopes(apis: readonly Api[], envelope: string, refuse: Refuse): void {
  const envelopes = [...new Set(apis.flatMap(({ binding }) => envelopesOf(binding)))];
  if (envelopes.includes(envelope)) return;
  const hint = nearest(envelope, envelopes);
  throw refuse('USAGE_UNKNOWN_ENVELOPE', `unknown envelope "${envelope}"`, hint);
}

/** The envelope of jobs: `bare` is a form of documents only. */
export function jobEnvelope(binding: Binding, envelope: string): string {
  return envelope === 'bare' ? (binding.envelopes.keys().next().value as string) : envelope;
}

/** The first state of a binding with an outcome. */
export function stateFor(binding: Binding, outcome: Outcome): string {
  for (const [name, state] of binding.states) if (state.outcome === outcome) return name;
  return outcome.toUpperCase();
}

/** What a job says before its scenario names a state. */
export function openState(binding: Binding): State {
  return stateNamed(binding, 'open');
}

/** A state as no scenario has given it words: this one, or the binding's first with the outcome. */
export function stateNamed(binding: Binding, outcome: Outcome, name?: string): State {
  return {
    state: name ?? stateFor(binding, outcome),
    outcome,
    shape: undefined,
    envelope: undefined,
    error: undefined,
  };
}

/** Open for three seconds, then done: what plays when there is no scenario file at all. */
export function plainScenario(binding: Binding): Scenario {
  const step = { eta: undefined, delay: 0, offContract: false, line: 0 };
  return {
    name: 'built-in',
    title: 'Open for 3 seconds, then done',
    about: 'Plays when no scenario file is there.',
    group: 'happy',
    file: '',
    operations: undefined,
    when: [],
    refuse: undefined,
    life: [
      { ...step, response: stateNamed(binding, 'open'), duration: { kind: 'time', time: 3000 } },
      { ...step, response: stateNamed(binding, 'done'), duration: { kind: 'ever' } },
    ],
    result: {},
    expect: {},
    meets: [0, 1],
    tolerances: {},
    offContract: false,
  };
}
