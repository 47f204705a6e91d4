import { at, isObject, type Json } from '../../contract/json.js';
import { fillRequired } from '../../contract/sample.js';
import type { ApiRequest, BusinessError, FinishedJob, Refusal, World } from '../../sandbox/pack.js';
import { type Composition, find, KIND } from './composition.js';
import { concept, reference } from './concept.js';
import { malformed, NOT_FOUND } from './refusals.js';
import { readRelations } from './relations.js';
import { makeTitle } from './title.js';

/** The real service fails to parse a concept with an empty text, though its schema allows one. */
export function admitCreate({ body }: ApiRequest): Refusal | undefined {
  for (const name of ['type', 'category']) {
    if (at(body, `${name}.text`) !== '') continue;
    const what = `${name}.text must not be empty; leave it out instead`;
    return malformed({ entry: `$.${name}.text` }, 'length', what);
  }
  return undefined;
}

/** Makes a PRELIMINARY composition out of what was sent. */
export function create(job: FinishedJob, world: World): BusinessError | undefined {
  const sent = isObject(job.body) ? job.body : {};
  const relations = readRelations(sent.relatesTo);
  if (relations.some(({ target }) => !find(world, target))) return { code: NOT_FOUND };
  const composition = compose(job.resource, { ...sent, status: 'PRELIMINARY' }, world);
  world.resources.put(composition);
  return undefined;
}

/** A composition with this id: what is given stays, what only the server knows is added. */
export function compose(id: string, given: Json, world: World): Composition {
  const { ids, now } = world;
  const made = {
    identifier: { type: concept('eHealth/resources', 'composition'), value: id },
    title: given.title ?? makeTitle(ids),
    status: given.status,
    date: given.date ?? new Date(now).toISOString(),
  };
  const document = {
    ...made,
    ...given,
    ...made,
    episodeOfCare: given.episodeOfCare ?? reference('episode', ids.uuid()),
    custodian: given.custodian ?? reference('legal_entity', ids.uuid()),
  };
  return {
    id,
    kind: KIND,
    document: complement(document, world),
    facts: {
      relatesTo: readRelations(given.relatesTo),
      tasks: [],
      episodeKnown: given.episodeOfCare !== undefined,
    },
    created: now,
  };
}

/** Another contract may require fields that no state provides: they are made up by its schema. */
function complement(document: Json, { contract, ids }: World): Json {
  const seed = ids.number(); // drawn in any case, so that the ids after it do not depend on the contract
  const operation = contract.operations.get('getComposition');
  const [media] = Object.entries(operation?.answers['200']?.content ?? {});
  if (!operation || !media) return document;
  const [type, schema] = media;
  const breaches = contract.validator.answer(operation, 200, type, { data: document });
  return breaches.length === 0 ? document : fillRequired(contract.document, schema, document, seed);
}
