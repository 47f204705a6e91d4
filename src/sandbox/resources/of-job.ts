import { exampleBody } from '../../contract/example.js';
import { sampleId } from '../../contract/id-form.js';
import type { Json } from '../../contract/json.js';
import type { Moment } from '../../time/moments.js';
import type { Api } from '../api.js';
import type { Draft } from '../draft.js';
import type { HandlerRequest } from '../handled.js';
import { RANDOM_IDS } from '../ids.js';
import type { ResourceView } from '../resources.js';
import { typedId } from './fields.js';
import { chosenId, newId } from './ids.js';
import { isMadeBy, kindsOf, resourceOfJob } from './kinds.js';
import { makeDocument, sourceOf } from './make-document.js';

/** What a job makes or changes as templates tell it: its document, and its id before there is one. */
export function shownResource(
  api: Api,
  resources: ResourceView,
  operation: string,
  id: string,
): Json {
  const kind = kindsOf(api)?.ofJobs.get(operation);
  const document = resourceOfJob(api, resources, operation, id)?.document;
  return kind ? { id: typedId(kind, id), ...document } : { ...document, id };
}

/** What a job of one of these operations might make, for a look at answers before anything is played. */
export function sampleResource(
  api: Api,
  operations: readonly string[],
  now: Moment,
): Json | undefined {
  const kinds = kindsOf(api)?.ofJobs;
  const operation = operations.find((id) => kinds?.has(id));
  const kind = operation === undefined ? undefined : kinds?.get(operation);
  const found = kind?.contract.operations.get(operation ?? '');
  if (!kind || !found) return undefined;
  const id = sampleId(kind.ids);
  const body = exampleBody(kind.contract.document, found);
  const said = sourceOf(kind, { id, body, params: {}, now, job: id });
  const { document } = makeDocument(kind, { ...said, id, parents: {}, now, ids: RANDOM_IDS });
  return { id: typedId(kind, id), ...document };
}

/** The id that a request's body gives to what its job will make; undefined: it gives none. */
export function idNamedIn(api: Api, request: HandlerRequest): string | undefined {
  const { id } = request.operation;
  const kind = kindsOf(api)?.ofJobs.get(id);
  return kind && isMadeBy(kind, id) ? chosenId(kind, request) : undefined;
}

/** An id set aside for what a job of an operation will make, as its contract takes them. */
export function idSetAside(draft: Draft, operation: string): string | undefined {
  const kind = kindsOf(draft.api)?.ofJobs.get(operation);
  return kind && newId(kind, draft);
}
