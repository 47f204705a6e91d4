import type { IdForm } from './id-form.js';
import type { Paging } from './job-operations.js';
import type { Template } from './template.js';

/** What operations do with resources of a kind. */
export const RESOURCE_ROLES = ['create', 'read', 'list', 'replace', 'change', 'delete'] as const;
export type ResourceRole = (typeof RESOURCE_ROLES)[number];

/** Resources of one kind: what jobs and requests make, and which operations show and change it. */
export interface ResourceBinding {
  /** Its name in the binding: `orders`. */
  name: string;
  /** operationIds of requests that make one: a job when it is done, another request at once. */
  madeBy: readonly string[];
  /** operationIds by what they do. */
  operations: Readonly<Record<ResourceRole, readonly string[]>>;
  /** The path parameter that names one; undefined: the last one of the path. */
  id: string | undefined;
  /** The field of the document that holds the id; undefined: found by its name. */
  field: string | undefined;
  /** How ids are formed; undefined: as the contract takes them. */
  ids: IdForm | undefined;
  /** What the document is made from; undefined: the request's body. */
  data: Template | undefined;
  /** Dotted path of the list in the answers of `list`; undefined: found by what its items are. */
  items: string | undefined;
  /** Query parameters of `list`, and the dotted fields that they are compared with; undefined: those of the same name. */
  filter: ReadonlyMap<string, string> | undefined;
  /** Undefined: found by the names of the query parameters, and with all on one page unless the client says so. */
  paging: Partial<Paging> | undefined;
}
