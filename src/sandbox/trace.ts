/** What a request belongs to, where its client traces requests (W3C Trace Context, Level 1, §3.2). */
export interface Trace {
  /** Of the whole: the same in each request that it has brought about. */
  id: string;
  /** Which part of it has sent the request. */
  parent: string;
}

const TRACEPARENT =
  /^traceparent\n(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/im;

const NONE = /^0+$/;

/** @param lines headers as the journal keeps them, names and values in turn. @returns undefined: the client traces nothing */
export function traceIn(lines: string): Trace | undefined {
  const [, id, parent] = TRACEPARENT.exec(lines) ?? [];
  if (id === undefined || parent === undefined || NONE.test(id) || NONE.test(parent))
    return undefined;
  return { id, parent };
}
