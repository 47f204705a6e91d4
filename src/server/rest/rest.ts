import type { Operation } from '../../contract/operation.js';
import { makeRouter } from '../../contract/router.js';
import type { Stub } from '../../load/stub-files.js';
import type { RequestContext } from '../api/request-context.js';
import { answerByStub } from './answer-by-stub.js';
import { passOn, type Upstream } from './pass-on.js';

/** What answers where no contract knows path and method. */
export interface Rest {
  /** True: it answers. A file comes before the upstream. */
  answer(context: RequestContext): boolean;
  /** A file answers there. */
  knows(method: string, path: string): boolean;
  /** From now on these files answer. */
  use(stubs: readonly Stub[]): void;
}

export function makeRest(upstream: Upstream | undefined): Rest {
  let find = (_method: string, _path: string): Stub | undefined => undefined;
  const stubFor = (method: string, path: string) =>
    find(method, path) ?? (method === 'HEAD' ? find('GET', path) : undefined);
  return {
    knows: (method, path) => stubFor(method, path) !== undefined,
    use: (stubs) => {
      find = stubRouter(stubs);
    },
    answer: (context) => {
      if (context.route.kind === 'found') return false;
      const { req, path } = context;
      const method = req.method ?? '';
      const stub = stubFor(method, path);
      if (stub) answerByStub(context, stub);
      else if (upstream) passOn(context, upstream);
      return stub !== undefined || upstream !== undefined;
    },
  };
}

/** Paths of files are matched as those of contracts are. */
function stubRouter(stubs: readonly Stub[]) {
  const byOperation = new Map(
    stubs.map((stub) => {
      const { method, path } = stub;
      return [{ id: stub.file, method, path } as unknown as Operation, stub] as const;
    }),
  );
  const route = makeRouter([
    { operations: [...byOperation.keys()], prefixes: [''], fits: () => true },
  ]);
  return (method: string, path: string): Stub | undefined => {
    const hit = route(method, path);
    return hit.kind === 'found' ? byOperation.get(hit.operation) : undefined;
  };
}
