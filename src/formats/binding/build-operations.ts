import type { AnswerTemplate } from '../../contract/answer-template.js';
import {
  type Cancelling,
  type Deleting,
  type Expiry,
  type JobOperations,
  type Listing,
  type OwnAnswer,
  type Paging,
  parseJobName,
  type ResultBinding,
} from '../../contract/job-operations.js';
import { type JobPlace, parseJobPlace } from '../../contract/job-place.js';
import { isObject, type Json } from '../../contract/json.js';
import { compileTemplate } from '../../contract/template.js';
import { parseDuration } from '../../time/duration.js';

type BuildAnswer = (value: unknown) => AnswerTemplate;

const PAGE = { usual: 20, most: 100, first: 1 };

/** What a binding says of operations on jobs that are there. @param build makes an answer of its keys */
export function buildOperations(raw: Json, build: BuildAnswer): JobOperations {
  const own = (value: unknown, http?: number) => ownAnswer(value, build, http);
  const one = <T>(value: unknown, make: (from: Json) => T) =>
    isObject(value) ? make(value) : undefined;
  return {
    cancel: one(raw.cancel, (from) => buildCancel(from, own)),
    delete: one(raw.delete, (from) => buildDelete(from, own)),
    list: one(raw.list, (from) => buildList(from, own)),
    results: (Array.isArray(raw.results) ? raw.results : [])
      .filter(isObject)
      .map((from) => buildResult(from, own)),
    expires: one(raw.expires, (from) => buildExpiry(from, own)),
  };
}

type Own = (value: unknown, http?: number) => OwnAnswer;

/** A status alone is an answer without words of its own. */
export function ownAnswer(
  value: unknown,
  build: BuildAnswer,
  usual: number | undefined,
): OwnAnswer {
  const from = isObject(value) ? value : { http: value };
  const { http, ...rest } = build(from);
  return { ...rest, http: from.http === undefined ? usual : http };
}

function buildCancel(from: Json, own: Own): Cancelling {
  return {
    ...jobOperation(from, own),
    after: from.after === undefined ? 0 : (parseDuration(String(from.after)) ?? 0),
    state: textOf(from.state),
    meanwhile: textOf(from.while),
    refused: own(from.refused, 409),
    ...buildShapes(from.shapes, own),
  };
}

function buildShapes(raw: unknown, own: Own): Pick<Cancelling, 'shapes'> {
  if (!isObject(raw)) return {};
  return { shapes: new Map(Object.entries(raw).map(([name, shape]) => [name, own(shape)])) };
}

function buildDelete(from: Json, own: Own): Deleting {
  return {
    ...jobOperation(from, own),
    gone: Number(from.then) === 410 ? 410 : 404,
    refused: from.refused === undefined ? undefined : own(from.refused, 409),
  };
}

function buildResult(from: Json, own: Own): ResultBinding {
  return {
    ...jobOperation(from, own),
    named: from.named === undefined ? undefined : parseJobName(String(from.named)),
    when: Array.isArray(from.when) ? from.when.map(String) : 'done',
    before: own(from.before, 404),
  };
}

function buildExpiry(from: Json, own: Own): Expiry {
  return {
    ...own(from, 410),
    after: parseDuration(String(from.after)) ?? 0,
    from: from.from === 'start' ? 'start' : 'end',
  };
}

function buildList(from: Json, own: Own): Listing {
  return {
    ...own(listAnswer(from)),
    operation: String(from.operation),
    item: from.item === undefined ? undefined : compileTemplate(from.item),
    filter: new Map(
      Object.entries(isObject(from.filter) ? from.filter : {}).map(([name, of]) => [
        parameterOf(name),
        String(of),
      ]),
    ),
    ...buildOrder(from.order),
    paging: buildPaging(isObject(from.paging) ? from.paging : {}),
  };
}

function buildOrder(said: unknown): Pick<Listing, 'newestFirst' | 'order'> {
  const from = isObject(said) ? said : { usual: said };
  const newestFirst = from.usual !== 'oldest first';
  if (from.by === undefined) return { newestFirst };
  const { by, newest = 'desc', oldest = 'asc' } = from;
  const order = { by: parameterOf(String(by)), newest: String(newest), oldest: String(oldest) };
  return { newestFirst, order };
}

/** Jobs alone stand where `items` says, or, without either key, in the envelope. */
function listAnswer({ items, data, ...rest }: Json): Json {
  if (data !== undefined) return { ...rest, data };
  if (items === undefined) return { ...rest, data: '{items}' };
  const path = String(items).split('.');
  return {
    ...rest,
    bare: true,
    data: path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), '{items}'),
  };
}

function buildPaging(from: Json): Paging {
  const named = (key: string) => {
    const said = textOf(from[key]);
    return said === undefined ? undefined : parameterOf(said);
  };
  // Without a parameter that cuts, all jobs stand in one page.
  const cut = ['limit', 'offset', 'page', 'after', 'before'].some((key) => from[key] !== undefined);
  const number = (key: keyof typeof PAGE, usual: number) => Number(from[key] ?? usual);
  return {
    limit: named('limit'),
    offset: named('offset'),
    page: named('page'),
    after: named('after'),
    before: named('before'),
    usual: cut || from.usual !== undefined ? number('usual', PAGE.usual) : Number.POSITIVE_INFINITY,
    most: cut || from.most !== undefined ? number('most', PAGE.most) : Number.POSITIVE_INFINITY,
    first: number('first', PAGE.first),
  };
}

function jobOperation(from: Json, own: Own) {
  return { ...own(from), operation: String(from.operation), job: placeOf(from.job) };
}

function placeOf(value: unknown): JobPlace | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : parseJobPlace(text);
}

function textOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

/** `query.limit` and `limit` are one. */
function parameterOf(said: string): string {
  return said.startsWith('query.') ? said.slice('query.'.length) : said;
}
