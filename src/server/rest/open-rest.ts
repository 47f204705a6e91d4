import { signatureOfTree } from '../../load/file-signature.js';
import { lookAgain } from '../../load/look-again.js';
import type { ServerOptions } from '../../load/server-options.js';
import { loadStubs, type Stub } from '../../load/stub-files.js';
import { FileError, formatProblem, hindrances, type Problem } from '../../problem.js';
import type { Setup } from '../../sandbox/setup.js';
import { UsageError } from '../../sandbox-error.js';
import { proxyFor } from '../http/forward-proxy.js';
import type { Upstream } from './pass-on.js';
import { makeRest, type Rest } from './rest.js';

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
  const rest = makeRest(url && { url, proxy: proxyFor(url, process.env), refusal });
  if (folder === undefined) return { ...rest, problems: [], watch: () => () => {} };
  const before = await signatureOfTree(folder);
  const { stubs, problems } = await readStubs(folder, setup);
  if (hindrances(problems).length > 0) throw new FileError(problems);
  rest.use(stubs);
  const watch = (notice: (text: string) => void) => {
    const { end } = lookAgain({
      before,
      read: () => signatureOfTree(folder),
      differ: (a, b) => a !== b,
      changed: () => readAgain(folder, setup, rest, notice),
      // A folder that is gone for a moment is no reason to stop looking.
      failed: () => {},
    });
    return end;
  };
  return { ...rest, problems, watch };
}

async function readAgain(
  folder: string,
  setup: Setup,
  rest: Rest,
  notice: (text: string) => void,
): Promise<void> {
  const { stubs, problems } = await readStubs(folder, setup);
  for (const problem of problems) notice(formatProblem(problem));
  if (hindrances(problems).length > 0) {
    notice('the stubs stay as they were until this is mended');
    return;
  }
  rest.use(stubs);
  notice(`stubs read again: ${stubs.length}`);
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
