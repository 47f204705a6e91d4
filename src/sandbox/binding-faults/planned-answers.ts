import type { AnswerTemplate } from '../../contract/binding.js';
import type { Operation } from '../../contract/operation.js';
import type { Outcome } from '../../outcome.js';
import type { State } from '../../scenario/scenario.js';
import type { Answer } from '../answer.js';
import type { Api } from '../api.js';
import { jobEnvelope, openState } from '../binding-words.js';
import {
  isExpiryKnown,
  SAMPLE_MOMENT,
  sampleLinks,
  sampleRenderer,
  sampleScope,
  scopeOfLink,
} from '../check-answers.js';
import type { Keys } from './places.js';

/** An answer that a binding can give, before anybody has asked for it. */
export interface PlannedAnswer {
  /** Where it stands. */
  at: Keys;
  operation: Operation;
  template: AnswerTemplate;
  /** The envelope that it stands in; undefined: none. */
  envelope: string | undefined;
  /** The answer as it would be sent, or as it would be in another envelope. */
  render(template?: AnswerTemplate, envelope?: string): Answer;
}

/** Every answer about a job that follows from a binding: what schedules, and each state in each of its forms. */
export function plannedAnswers(api: Api): PlannedAnswer[] {
  return [...scheduledAnswers(api), ...stateAnswers(api), ...unknownAnswer(api)];
}

/** What the report answers to who asks for a job that nobody has been told of, if the binding words it. */
function unknownAnswer(api: Api): PlannedAnswer[] {
  const { binding, contract } = api;
  const { operation: id, unknown } = binding.report;
  const report = contract.operations.get(id);
  if (!report || !unknown?.data) return [];
  const template = { ...unknown, http: unknown.http ?? 404 };
  const scope = scopeFor(api, openState(binding));
  return [planned(api, ['report', 'unknown'], report, template, scope)];
}

function scheduledAnswers(api: Api): PlannedAnswer[] {
  const { binding, contract } = api;
  const scope = scopeFor(api, openState(binding));
  return [...binding.schedules].flatMap(([id, { shapes }]) => {
    const operation = contract.operations.get(id);
    if (!operation) return [];
    // Whether the operation has an answer of its own is seen where its lines are looked up.
    const at = ['schedules', id, 'scheduled'];
    return [...shapes].map(([shape, template]) =>
      planned(api, shape === 'default' ? at : [...at, 'shapes', shape], operation, template, scope),
    );
  });
}

function stateAnswers(api: Api): PlannedAnswer[] {
  const { binding, contract } = api;
  const report = contract.operations.get(binding.report.operation);
  // What reads the things that jobs make is answered by the pack.
  if (!report || binding.report.reads) return [];
  return [...binding.states].flatMap(([name, { outcome, shapes }]) => {
    const scope = scopeFor(api, stateOf(name, outcome));
    return [...shapes].map(([shape, template]) => {
      const own = shapes.size === 1 && shape === 'default';
      const at = own ? ['states', name] : ['states', name, 'shapes', shape];
      return planned(api, at, report, template, scope);
    });
  });
}

function stateOf(state: string, outcome: Outcome): State {
  return { state, outcome, shape: undefined, envelope: undefined, error: undefined };
}

function scopeFor(api: Api, state: State) {
  const everywhere = { operations: undefined, result: {} };
  const [link] = sampleLinks(api, everywhere);
  const ended = state.outcome === 'open' ? undefined : SAMPLE_MOMENT;
  const done = state.outcome === 'done' ? { progress: 100, progressFraction: 1 } : {};
  const expiresAt = isExpiryKnown(api, ended !== undefined) ? SAMPLE_MOMENT : undefined;
  const moments = { doneAt: ended, endedAt: ended, startedAt: SAMPLE_MOMENT, expiresAt };
  return { ...sampleScope(api, everywhere, state), ...moments, ...done, ...scopeOfLink(link) };
}

function planned(
  api: Api,
  at: Keys,
  operation: Operation,
  template: AnswerTemplate,
  scope: ReturnType<typeof scopeFor>,
): PlannedAnswer {
  const envelope = jobEnvelope(api.binding, api.envelope);
  const renderer = sampleRenderer(api, operation);
  return {
    at,
    operation,
    template,
    envelope: template.bare || !template.data ? undefined : envelope,
    render: (said = template, around = envelope) => renderer.template(said, scope, around),
  };
}
