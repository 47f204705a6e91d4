import { plainName } from '../../contract/find-place.js';
import { canonicalId } from '../../contract/id-form.js';
import type { Paging } from '../../contract/job-operations.js';
import { at } from '../../contract/json.js';
import type { Operation } from '../../contract/operation.js';
import { type ResourceKind, shapeOf, singular } from '../../contract/resource-kind.js';
import { allParts, propertiesOf } from '../../contract/schema-parts.js';
import { cutPage } from '../cut-page.js';
import type { Draft } from '../draft.js';
import { type Handled, type HandlerRequest, refusal } from '../handled.js';
import type { Resource } from '../resources.js';
import { show } from './answer.js';
import { hasParents } from './kept.js';
import { pagingOf, tellPage, withNumbers } from './page.js';
import { sorted, sortingOf } from './sort.js';
import { undescribed } from './undescribed.js';

const idOf = ({ id }: Resource) => id;

/** Answers a list: what is kept of the kind below the parents of the path, filtered, and of that a page. */
export function handleList(kind: ResourceKind, draft: Draft, request: HandlerRequest): Handled {
  const { operation, query } = request;
  draft.settle();
  const shape = shapeOf(kind, 'list', operation);
  if (!shape) return undescribed(request);
  const paging = pagingOf(operation, kind.binding.paging);
  const all = chosen(kind, draft, request, paging);
  const found = sorted(all, operation, query, () => fieldsOf(kind, operation));
  const cut = cutPage(found, paging, query, ({ id }) => canonicalId(id));
  if ('parameter' in cut) return refusal(noSuchPlace(cut, kind), { operation: operation.id });
  const page = withNumbers(cut, paging.first, idOf);
  return show(draft, request, kind, shape, {
    documents: page.items.map(({ document }) => document),
    beside: tellPage(page, idOf),
    paging: {
      page_number: page.page,
      page_size: page.limit,
      total_entries: page.total,
      total_pages: page.pages,
    },
  });
}

function noSuchPlace(
  { parameter: entry, id }: { parameter: string; id: string },
  kind: ResourceKind,
) {
  const message = `${entry}: no ${singular(kind.binding.name)} ${id} is in this list`;
  const rules = [{ rule: 'cursor', description: message, params: [] }];
  const invalid = [{ entry, entry_type: 'query' as const, rules }];
  return { status: 400, code: 'REQUEST_UNKNOWN_CURSOR', message, invalid };
}

/** What is kept of the kind, as far as the request asks for it; the oldest first. */
function chosen(
  kind: ResourceKind,
  { resources }: Draft,
  { operation, params, query }: HandlerRequest,
  paging: Paging,
): Resource[] {
  const filters = filtersOf(kind, operation, paging).filter(([name]) => isAsked(query[name]));
  return resources
    .ofKind(kind.binding.name)
    .filter(
      (resource) =>
        hasParents(resource, params) &&
        filters.every(([name, field]) => suits(at(resource.document, field), query[name])),
    );
}

/** Query parameters with the fields that they are compared with; unless the binding says, those of the same name. */
function filtersOf(
  kind: ResourceKind,
  operation: Operation,
  paging: Paging,
): (readonly [name: string, field: string])[] {
  const { binding } = kind;
  if (binding.filter) return [...binding.filter];
  const fields = fieldsOf(kind, operation);
  const pages: unknown[] = [...Object.values(paging), ...Object.values(sortingOf(operation))];
  return operation.parameters
    .filter((parameter) => parameter.in === 'query' && !pages.includes(parameter.name))
    .flatMap(({ name }) => {
      const field = fields.find((each) => plainName(each) === plainName(name));
      return field === undefined ? [] : [[name, field] as const];
    });
}

/** Fields that documents of a kind have, by the contract. */
function fieldsOf(kind: ResourceKind, operation: Operation): string[] {
  const schemas = [kind.model, shapeOf(kind, 'list', operation)].map(
    (shape) => shape?.place?.schema,
  );
  return schemas.flatMap((schema) => [
    ...propertiesOf(allParts(kind.contract.document, schema)).keys(),
  ]);
}

function isAsked(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** A field suits a parameter of the same value; of several values, on either side, one is enough. */
function suits(value: unknown, wanted: unknown): boolean {
  const values = [value].flat().map(asText);
  return [wanted].flat().some((one) => values.includes(asText(one)));
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
