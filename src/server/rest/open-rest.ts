import { signatureOfTree } from '../../load/file-signature.js';
import type { ServerOptions } from '../../load/server-options.js';
import { loadStubs, type Stub } from '../../load/stub-files.js';
import { FileError, formatProblem, hindrances, type Problem } from '../../problem.js';
import type { Setup } from '../../sandbox/setup.js';
import { UsageError } from '../../sandbox-error.js';
import type { Duration } from '../../time/moments.js';
import type { Upstream } from './pass-on.js';
import { makeRest, type Rest } from './rest.js';

/** How often the folder of stubs is looked at. */
const LOOK_EVERY: Duration = 1000;

/** What answers beside the contracts, as it was opened. */
export interface OpenRest extends Rest {
  /** Worth a look, and no hindrance. */
  problems: readonly Problem[];
  /** Reads the stubs again when their files change. @returns a function that ends the watch */
  watch(notice: (text: string) => void): () => void;
}

/** @throws UsageError, FileError; undefined: nothing was asked for */
export async function openRest(
  { upstream, stubs: folder }: Pick<ServerOptions, 'upstream' | 'stubs'>,
  setup: Setup,
  refusal: Upstream['refusal'],
): Promise<OpenRest | undefined> {
  if (upstream === undefined && folder === undefined) return undefined;
  const url = upstream === undefined ? undefined : readUpstream(upstream);
  const rest = makeRest(url && { url, refusal });
  if (folder === undefined) return { ...rest, problems: [], watch: () => () => {} };
  const before = await signatureOfTree(folder);
  const { stubs, problems } = await readStubs(folder, setup);
  if (hindrances(problems).length > 0) throw new FileError(problems);
  rest.use(stubs);
  const watch = (notice: (text: string) => void) =>
    watchStubs(folder, before, async () => {
      const read = await readStubs(folder, setup);
      for (const problem of read.problems) notice(formatProblem(problem));
      if (hindrances(read.problems).length > 0) {
        notice('the stubs stay as they were until this is mended');
        return;
      }
      rest.use(read.stubs);
      notice(`stubs read again: ${read.stubs.length}`);
    });
  return { ...rest, problems, watch };
}

async function readStubs(folder: string, { routes }: Setup) {
  const { stubs, problems } = await loadStubs(folder);
  const asked = (stub: Stub) => routes.find(stub.method, stub.path).kind !== 'found';
  const never = stubs.filter((stub) => !asked(stub)).map(neverAsked);
  return { stubs, problems: [...problems, ...never] };
}

function neverAsked({ file, method, path }: Stub): Problem {
  const message = `${method} ${path} is a path of the contract, which answers there: this file is never asked`;
  return {
    code: 'STUB_NEVER_ASKED',
    severity: 'warning',
    usable: true,
    file,
    line: 0,
    column: 0,
    message,
    hint: 'leave it out; a scenario says what is answered there',
  };
}

/** @throws UsageError */
function readUpstream(text: string): URL {
  const hint = 'write https://api.example.org, with a path if the system has one';
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UsageError('USAGE_WRONG_URL', `the upstream "${text}" is no http or https URL`, hint);
  }
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash) {
    const what = 'the upstream takes no credentials, query or fragment';
    throw new UsageError('USAGE_WRONG_URL', what, hint);
  }
  return url;
}

/** One look after the other: a slow reading must not win over a later one. */
function watchStubs(folder: string, before: string, changed: () => Promise<void>): () => void {
  let known = before;
  let busy = false;
  let ended = false;
  const look = async () => {
    const now = await signatureOfTree(folder);
    if (ended || now === known) return;
    known = now;
    await changed();
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // A folder that is gone for a moment is no reason to stop looking.
    look()
      .catch(() => {})
      .finally(() => {
        busy = false;
      });
  }, LOOK_EVERY).unref();
  return () => {
    ended = true;
    clearInterval(timer);
  };
}
