import { canonicalId, tellId } from '../contract/id-form.js';
import { type Listing, wantsNewestFirst } from '../contract/job-operations.js';
import { at } from '../contract/json.js';
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
 * before anything is made of its jobs.
 */
export function listHandler({ binding }: Api, listing: Listing): Handler {
  const { ids } = binding.report;
  const headersNeed = Object.entries(listing.headers).map(
    ([name, template]) => [name, template, namesIn(template.source)] as const,
  );
  const filters = [...listing.filter].map(([name, of]) => ({
    name,
    read: fieldReader(listing, of),
  }));
  return (draft, request) => {
    const { operation, requester, query } = request;
    const journal = { operation: operation.id };
    const found = chosen(draft, request, filters);
    const newest = wantsNewestFirst(listing.order, query, listing.newestFirst);
    const jobs = newest ? found.reverse() : found;
    const page = cutPage(jobs, listing.paging, query, ({ id }) => canonicalId(id));
    if ('parameter' in page) return refusal(noSuchPlace(page), journal);
    const items = page.items.map((job) => tellJob(draft, request, listing, job));
    const { paging } = listing;
    const tell = (id: string) => tellId(ids, id);
    const scope = new ListScope(items, page, paging, requester, draft.now, tell);
    const headers = Object.fromEntries(
      headersNeed.flatMap(([name, template, needs]) =>
        isFilled(needs, scope) ? [[name, template] as const] : [],
      ),
    );
    const template = { ...listing, http: statusOf(listing, operation), headers };
    const answer = tellOwn(draft, request, template, scope);
    const listed = page.items.map((job, i) => listedAs(draft, listing, job, items[i]));
    return {
      outcome: { kind: 'answer', answer, checkedBy: operation },
      journal: { ...journal, listed },
    };
  };
}

function noSuchPlace({ parameter: entry, id }: { parameter: string; id: string }) {
  const message = `${entry}: no job ${id} is in this list`;
  const rules = [{ rule: 'cursor', description: message, params: [] }];
  const invalid = [{ entry, entry_type: 'query' as const, rules }];
  return { status: 400, code: 'REQUEST_UNKNOWN_CURSOR', message, invalid };
}

/** What a filter looks at. */
type Read = (draft: Draft, request: HandlerRequest, job: Job) => unknown;

interface Filter {
  /** A query parameter. */
  name: string;
  read: Read;
}

/** Jobs that the request asks for, in the order in which they were scheduled. */
function chosen(draft: Draft, request: HandlerRequest, filters: readonly Filter[]): Job[] {
  const { params, query } = request;
  const asked = filters.flatMap(({ name, read }) => {
    const said = query[name];
    if (said === undefined || said === '') return [];
    const wanted = [said].flat().map((value) => String(value).toLowerCase());
    return [{ read, wanted }];
  });
  // A list below a parent holds the jobs of this parent.
  const parents = Object.entries(params);
  const fits = (job: Job) =>
    !isExpired(job, draft) &&
    parents.every(([name, value]) => (job.params[name] ?? value) === value) &&
    asked.every(({ read, wanted }) =>
      wanted.includes(String(read(draft, request, job)).toLowerCase()),
    );
  return draft.jobs().filter(fits);
}

/** @param of `state`, `operation`, `item.` and a field of what stands for the job, or a place */
function fieldReader(listing: Listing, of: string): Read {
  if (of === 'state') return (_, __, job) => currentState(job);
  if (of === 'operation') return (_, __, job) => job.operation;
  if (of.startsWith('item.')) {
    const path = of.slice('item.'.length);
    return (draft, request, job) => at(tellJob(draft, request, listing, job), path);
  }
  const place = compileTemplate(`{${of}}`);
  return (draft, { requester }, job) => place(scopeOf(draft, job, requester));
}

/** What stands for a job in the list. */
function tellJob(
  draft: Draft,
  { requester }: HandlerRequest,
  { item }: Listing,
  job: Job,
): unknown {
  const template = item ?? reportTemplate(draft, job).data;
  return template?.(scopeOf(draft, job, requester)) ?? {};
}

function listedAs(draft: Draft, listing: Listing, job: Job, item: unknown): ListedJob {
  const { binding } = draft.api;
  const life = lifeOf(job);
  const state = stateAt(life, job.cursor) ?? openState(binding);
  const eta = etaAt(life, job.cursor, draft);
  const source = (listing.item ?? reportTemplate(draft, job).data)?.source;
  return {
    job: job.id,
    scenario: job.scenario.name,
    step: ownStep(job),
    state: currentState(job),
    outcome: reportedOutcome(binding, job, state),
    eta: toldEta([JSON.stringify(item)], eta, etaFormsIn(source)),
  };
}
