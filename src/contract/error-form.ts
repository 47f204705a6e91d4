import type { Contract } from './contract.js';
import { type OpenApiDocument, resolve } from './document.js';
import { type ErrorFacts, errorBody } from './error-body.js';
import type { Json } from './json.js';
import { isJson, mediaTypeOf } from './media-type.js';
import { jsonMessage, type Message, textMessage, toldValue } from './message.js';
import type { Operation } from './operation.js';
import { answerOf } from './validator.js';

/** One way in which a contract says that something went wrong. */
interface ErrorForm {
  /** Whose answer it is, and the status that leads to it. */
  operation: Operation;
  status: number;
  mediaType: string;
  schema: Json;
}

/** Attempts at a schema that leaves a choice. */
const CHOICES = 4;

/**
 * A refusal as the contract has errors: in the answer that it shows for this status, its range or
 * `default`; else as the operation's other errors; else as most operations have theirs; else as problem
 * details (RFC 9457).
 * @param operation undefined: nobody knows which one was meant
 * @param otherwise problem details, also for a form that takes any object
 */
export function errorMessage(
  contract: Contract,
  operation: Operation | undefined,
  facts: ErrorFacts,
  otherwise: () => Message,
): Message {
  for (const form of formsOf(contract, operation, facts.status)) {
    const message = tell(contract, form, facts, otherwise);
    if (message) return message;
  }
  return otherwise();
}

function tell(
  { document, validator }: Contract,
  form: ErrorForm,
  facts: ErrorFacts,
  otherwise: () => Message,
): Message | undefined {
  const { operation, status } = form;
  const mediaType = mediaTypeOf(form.mediaType);
  if (mediaType === 'text/plain') {
    return textMessage(facts.status, 'text/plain; charset=utf-8', facts.message);
  }
  if (!isJson(mediaType)) return undefined;
  const keeps = (value: unknown) =>
    validator.answer(operation, status, mediaType, value).length === 0;
  for (const value of values(document, form, facts, otherwise)) {
    if (value === undefined || !keeps(value)) continue;
    const message = jsonMessage(facts.status, value);
    const headers =
      mediaType === 'application/json' ? message.headers : { 'Content-Type': form.mediaType };
    return { ...message, headers, mediaType };
  }
  return undefined;
}

/** What could be said in a form, the best first; some forms want codes of another kind, or leave a choice. */
function* values(
  document: OpenApiDocument,
  { mediaType, schema }: ErrorForm,
  facts: ErrorFacts,
  otherwise: () => Message,
): Generator<unknown> {
  const { code, status } = facts;
  const problem = mediaTypeOf(mediaType) === 'application/problem+json';
  if (isFree(document, schema)) {
    const form = /fhir/.test(mediaType) ? OPERATION_OUTCOME : undefined;
    yield form ? errorBody(document, form, facts) : toldValue(otherwise());
    return;
  }
  for (const word of [code, code.toLowerCase(), String(status)]) {
    for (let choice = 0; choice < CHOICES; choice += 1) {
      yield errorBody(document, schema, { ...facts, code: word, problem }, choice);
    }
  }
}

/** Does the schema take any object, and say nothing of it? */
function isFree(document: OpenApiDocument, schema: Json): boolean {
  const here = resolve(document, schema) ?? {};
  const { type, properties, allOf, oneOf, anyOf, additionalProperties } = here;
  const open = additionalProperties === undefined || additionalProperties === true;
  return (
    (type === undefined || type === 'object') &&
    open &&
    [properties, allOf, oneOf, anyOf, here.const, here.enum].every((part) => part === undefined)
  );
}

/** hl7.org/fhir/R4/operationoutcome.html, as far as a refusal needs it. */
const OPERATION_OUTCOME: Json = {
  type: 'object',
  required: ['resourceType', 'issue'],
  properties: {
    resourceType: { const: 'OperationOutcome' },
    issue: {
      type: 'array',
      items: {
        type: 'object',
        required: ['severity', 'code'],
        properties: {
          severity: { type: 'string' },
          code: { type: 'string' },
          diagnostics: { type: 'string' },
        },
      },
    },
  },
};

const known = new WeakMap<Contract, Map<string, ErrorForm[]>>();

function formsOf(
  contract: Contract,
  operation: Operation | undefined,
  status: number,
): ErrorForm[] {
  const kept = known.get(contract) ?? new Map<string, ErrorForm[]>();
  known.set(contract, kept);
  const key = `${operation?.id ?? ''} ${status}`;
  let forms = kept.get(key);
  if (!forms) {
    const usual = usualForm(contract);
    forms = [...(operation ? ofOperation(operation, status) : []), ...(usual ? [usual] : [])];
    kept.set(key, forms);
  }
  return forms;
}

/** The nearest first: what is shown for the status, then for others of its kind, then for other errors. */
function ofOperation(operation: Operation, status: number): ErrorForm[] {
  const shown = answerOf(operation, status) ? formsAt(operation, status) : [];
  return [
    ...shown,
    ...otherErrors(operation, status).flatMap((other) => formsAt(operation, other)),
  ];
}

function otherErrors({ answers }: Operation, status: number): number[] {
  const kind = Math.floor(status / 100);
  const codes = Object.keys(answers).filter((code) => /^[45](\d\d|XX)$/.test(code));
  const statuses = codes.map((code) => Number(code.replace('XX', '99')));
  const near = (other: number) =>
    (Math.floor(other / 100) === kind ? 0 : 1000) + Math.abs(other - status);
  return statuses.sort((a, b) => near(a) - near(b));
}

function formsAt(operation: Operation, status: number): ErrorForm[] {
  const content = answerOf(operation, status)?.content ?? {};
  return Object.entries(content)
    .filter(([mediaType]) => !mediaType.includes('*'))
    .map(([mediaType, schema]) => ({ operation, status, mediaType, schema }));
}

const usualForms = new WeakMap<Contract, ErrorForm | false>();

/** How most operations of a contract tell errors. */
function usualForm(contract: Contract): ErrorForm | undefined {
  let usual = usualForms.get(contract);
  if (usual === undefined) {
    usual = mostFrequent(contract) ?? false;
    usualForms.set(contract, usual);
  }
  return usual || undefined;
}

function mostFrequent({ operations }: Contract): ErrorForm | undefined {
  const found = new Map<string, { form: ErrorForm; count: number }>();
  for (const operation of operations.values()) {
    for (const code of Object.keys(operation.answers)) {
      if (!/^(4(\d\d|XX)|default)$/.test(code)) continue;
      const status = code === 'default' ? 499 : Number(code.replace('XX', '99'));
      for (const form of formsAt(operation, status).slice(0, 1)) {
        const key = `${form.mediaType} ${JSON.stringify(form.schema)}`;
        const entry = found.get(key) ?? { form, count: 0 };
        entry.count += 1;
        found.set(key, entry);
      }
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count)[0]?.form;
}
