import { at, isObject, type Json } from '../../contract/json.js';
import { fillRequired } from '../../contract/sample.js';
import type { ApiRequest, BusinessError, FinishedJob, Refusal, World } from '../../sandbox/pack.js';
import { custodianOf, episodeOf } from './around.js';
import { type Composition, find, KIND, keep, statusOf } from './composition.js';
import { concept, reference } from './concept.js';
import { readConclusion } from './conclusion.js';
import { malformed, NOT_FOUND } from './refusals.js';
import { readRelations } from './relations.js';
import { failBy, refuseBy } from './rules/apply.js';
import { OF_CREATION, OF_THE_BODY } from './rules/index.js';
import { makeTitle } from './title.js';

/** What the body shows by itself is refused at once. */
export function admitCreate({ body }: ApiRequest, world: World): Refusal | undefined {
  return emptyText(body) ?? refuseBy(OF_THE_BODY, readConclusion(body), world);
}

/** The real service fails to parse a concept with an empty text, though its schema allows one. */
function emptyText(body: unknown): Refusal | undefined {
  for (const name of ['type', 'category']) {
    if (at(body, `${name}.text`) !== '') continue;
    const what = `${name}.text must not be empty; leave it out instead`;
    return malformed({ entry: `$.${name}.text` }, 'length', what);
  }
  return undefined;
}

export function judgeCreation(job: FinishedJob, world: World): BusinessError | undefined {
  const conclusion = readConclusion(sentIn(job));
  const gone = conclusion.relations.find(({ target }) => !find(world, target));
  if (gone) {
    world.note(`it relates to conclusion ${gone.target}, which is not found`);
    return { code: NOT_FOUND };
  }
  return failBy(OF_CREATION, conclusion, world);
}

/** Makes a PRELIMINARY composition out of what was sent. */
export function create(job: FinishedJob, world: World): undefined {
  keep(world, compose(job.resource, { ...sentIn(job), status: 'PRELIMINARY' }, world));
}

function sentIn({ body }: FinishedJob): Json {
  return isObject(body) ? body : {};
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
  const { encounter, author } = readConclusion(given);
  const episode = given.episodeOfCare ?? episodeOf(world, encounter);
  const document = {
    ...made,
    ...given,
    ...made,
    episodeOfCare: episode ?? reference('episode', ids.uuid()),
    custodian:
      given.custodian ?? custodianOf(world, author) ?? reference('legal_entity', ids.uuid()),
  };
  const relatesTo = readRelations(given.relatesTo);
  return {
    id,
    kind: KIND,
    document: complement(document, world),
    facts: {
      relatesTo,
      tasks: [],
      episodeKnown: episode !== undefined,
      inPlaceOf: relatesTo.flatMap(({ target }) => (isGone(world, target) ? [target] : [])),
    },
    created: now,
  };
}

function isGone(world: World, id: string): boolean {
  const found = find(world, id);
  return found !== undefined && statusOf(found) === 'ENTERED_IN_ERROR';
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
