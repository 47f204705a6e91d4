import { canonicalId, tellId } from '../contract/id-form.js';
import { type Listing, wantsNewestFirst } from '../contract/job-operations.js';
import { at, type Json } from '../contract/json.js';
import { compileTemplate, namesIn } from '../contract/template.js';
import { etaAt, stateAt } from '../scenario/play.js';
import type { Api } from './api.js';
import { openState } from './binding-words.js';
import { cutPage } from './cut-page.js';
import type { Draft } from './draft.js';
import { isExpired } from './expiry.js';
import { type Handler, type HandlerRequest, refusal } from './handled.js';
import { currentState, type Job, lifeOf, ownStep, reportedOutcome } from './job.js';
import type { ListedJob } from './journal.js';
import { isFilled, ListScope } from './list-scope.js';
import { reportTemplate, scopeOf, statusOf, tellOwn } from './own-answer.js';
import { etaFormsIn, toldEta } from './shown-eta.js';

/**
 * Answers a request that lists jobs, each as the report would say it now. Looking there is no poll. The list is cut
 * before anything is made of its jobs. One operation may list several kinds: each says of its own jobs what stands for
 * them and what chooses them.
 */
export function listHandler(own: Api, listing: Listing): Handler {
  const headersNeed = Object.entries(listing.headers).map(
    ([name, template]) => [name, template, namesIn(template.source)] as const,
  );
  return (draft, request) => {
    const { operation, requester } = request;
    const query = wishesOf(request, own);
    const journal = { operation: operation.id };
    const kinds = draft.setup.routes.shared?.get(operation) ?? [own];
    const found = chosen(draft, { ...request, query }, kinds);
    const newest = wantsNewestFirst(listing.order, query, listing.newestFirst);
    const jobs = newest ? found.reverse() : found;
    const page = cutPage(jobs, listing.paging, query, ({ id }) => canonicalId(id));
    if ('parameter' in page) return refusal(noSuchPlace(page), journal);
    const items = page.items.map((job) => tellJob(draft, request, job));
    const { paging } = listing;
    const tell = ({ api, id }: Job) => tellId(api.binding.report.ids, id);
    const scope = new ListScope(items, page, paging, requester, draft.now, tell);
    const headers = Object.fromEntries(
      headersNeed.flatMap(([name, template, needs]) =>
        isFilled(needs, scope) ? [[name, template] as const] : [],
      ),
    );
    const template = { ...listing, http: statusOf(listing, operation), headers };
    const answer = tellOwn(draft, request, template, scope);
    const listed = page.items.map((job, i) => ({
      ...listedAs(draft, job, items[i]),
      ...(kinds.length > 1 ? { api: job.api.name } : {}),
    }));
    return {
      outcome: { kind: 'answer', answer, checkedBy: operation },
      journal: { ...journal, listed },
    };
  };
}

/** What a request asks for: its query, and those fields of its body that the binding names, as `body.limit`. */
function wishesOf({ query, body }: HandlerRequest, { binding: { list } }: Api): Json {
  if (!list || body === undefined) return query;
  const { filter, order, paging } = list;
  const { limit, offset, page, after, before } = paging;
  const names = [...filter.keys(), order?.by, limit, offset, page, after, before];
  const asked = names.flatMap((name) =>
    name?.startsWith('body.') ? [[name, at(body, name.slice('body.'.length))] as const] : [],
  );
  return asked.length === 0 ? query : { ...query, ...Object.fromEntries(asked) };
}

function noSuchPlace({ parameter: entry, id }: { parameter: string; id: string }) {
  const message = `${entry}: no job ${id} is in this list`;
  const rules = [{ rule: 'cursor', description: message, params: [] }];
  const invalid = [{ entry, entry_type: 'query' as const, rules }];
  return { status: 400, code: 'REQUEST_UNKNOWN_CURSOR', message, invalid };
}

/** What a filter looks at. */
type Read = (draft: Draft, request: HandlerRequest, job: Job) => unknown;

/** By query parameter. */
type Filters = ReadonlyMap<string, Read>;

const FILTERS = new WeakMap<Listing, Filters>();

function filtersOf({ binding: { list } }: Api): Filters {
  const known = list && FILTERS.get(list);
  if (known || !list) return known ?? new Map();
  const made = new Map([...list.filter].map(([name, of]) => [name, fieldReader(of)] as const));
  FILTERS.set(list, made);
  return made;
}

/**
 * Jobs that the request asks for, in the order in which they were scheduled. What chooses among jobs of one kind leaves
 * out those of a kind that has nothing of the sort.
 */
function chosen(draft: Draft, request: HandlerRequest, kinds: readonly Api[]): Job[] {
  const { params, query } = request;
  const filters = new Map(kinds.map((kind) => [kind, filtersOf(kind)] as const));
  const names = new Set([...filters.values()].flatMap((each) => [...each.keys()]));
  const asked = [...names].flatMap((name) => {
    const said = query[name];
    if (said === undefined || said === null || said === '') return [];
    return [{ name, wanted: [said].flat().map((value) => String(value).toLowerCase()) }];
  });
  // A list below a parent holds the jobs of this parent.
  const parents = Object.entries(params);
  const fits = (job: Job) =>
    !isExpired(job, draft) &&
    parents.every(([name, value]) => (job.params[name] ?? value) === value) &&
    asked.every(({ name, wanted }) => {
      const read = filters.get(job.api)?.get(name);
      return read && wanted.includes(String(read(draft, request, job)).toLowerCase());
    });
  return draft.jobs(kinds).filter(fits);
}

/** @param of `state`, `operation`, `kind`, `item.` and a field of what stands for the job, or a place */
function fieldReader(of: string): Read {
  if (of === 'state') return (_, __, job) => currentState(job);
  if (of === 'operation') return (_, __, job) => job.operation;
  if (of === 'kind') return (_, __, { api }) => api.binding.kind ?? api.name;
  if (of.startsWith('item.')) {
    const path = of.slice('item.'.length);
    return (draft, request, job) => at(tellJob(draft, request, job), path);
  }
  const place = compileTemplate(`{${of}}`);
  return (draft, { requester }, job) => place(scopeOf(draft, job, requester));
}

/** What stands for a job in the list. */
function tellJob(draft: Draft, { requester }: HandlerRequest, job: Job): unknown {
  return itemTemplate(job)?.(scopeOf(draft, job, requester)) ?? {};
}

function itemTemplate(job: Job) {
  return job.api.binding.list?.item ?? reportTemplate(job).data;
}

function listedAs(draft: Draft, job: Job, item: unknown): ListedJob {
  const { binding } = job.api;
  const life = lifeOf(job);
  const state = stateAt(life, job.cursor) ?? openState(binding);
  const eta = etaAt(life, job.cursor, draft);
  const forms = etaFormsIn(itemTemplate(job)?.source);
  return {
    job: job.id,
    scenario: job.scenario.name,
    step: ownStep(job),
    state: currentState(job),
    outcome: reportedOutcome(binding, job, state),
    eta: toldEta([JSON.stringify(item)], eta, forms),
  };
}
