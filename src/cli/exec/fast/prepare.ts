import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { ErrorCode } from '../../../error-codes.js';
import { UsageError } from '../../../sandbox-error.js';
import { calibrate, lookedAtTwice, RATES } from './calibrate.js';
import { keepsTime } from './check-library.js';
import { type FastTime, fastTime } from './fast-time.js';
import { type Figures, slowestOf, standingOf } from './figures.js';
import { type Found, findRuntimes } from './find-runtimes.js';
import { findLibrary, type Library, OWN_LIBRARY } from './library.js';
import { prepareProbe, runProbe } from './probe.js';
import { PROGRAMS } from './programs/index.js';
import type { RuntimeName } from './programs/program.js';

/** What has come of asking for fast time. */
export interface Prepared {
  /** Undefined: everything is played at true time. */
  time?: FastTime;
  /** What a person has to know: why not, or what will be played at true time. */
  notices: readonly UsageError[];
}

/** Unprobed programs are played no faster: nothing has shown that they can stand more. */
const UNPROBED_RATE = 5;

/** What a probe has shown of a runtime. */
interface Probed {
  rate: number;
  figures: Figures | undefined;
}

/**
 * Finds out before the run whether and how fast the client's time can be made to run on this machine.
 * @param asked a rate; `true`: the greatest that machine and client can stand
 * @param sideBySide so many clients will run at a time
 */
export async function prepareFast(
  argv: readonly string[],
  asked: number | true,
  env: NodeJS.ProcessEnv,
  sideBySide = 1,
): Promise<Prepared> {
  const refuse = (code: ErrorCode, what: string, hint: string) => ({
    notices: [new UsageError(code, what, hint)],
  });
  if (process.platform !== 'linux') {
    const hint = 'run it on Linux or in a container of it; everything is played at true time';
    return refuse('FAST_OTHER_SYSTEM', '--fast goes by libfaketime, on Linux alone', hint);
  }
  const found = findRuntimes(argv, { cwd: process.cwd(), path: env.PATH ?? '' });
  if (found.hopeless) return refuse(...tellHopeless(found.hopeless));
  const library = findLibrary(env);
  if (!library) {
    const hint = `install it: apt-get install faketime (or name it in ${OWN_LIBRARY}); everything is played at true time`;
    return refuse('FAST_NO_LIBRARY', '--fast needs libfaketime, which was not found', hint);
  }
  if (!(await canShare()) || !(await keepsTime(library, env))) {
    const hint = `take another version of it (${OWN_LIBRARY} names one); everything is played at true time`;
    return refuse('FAST_NOT_KEPT', `${library.file} does not take our time on this machine`, hint);
  }
  return probeAll(found, asked, { library, env, sideBySide, curl: found.runtimes.has('php') });
}

/** shm_open(3) needs a folder that may be written to; some containers have none. */
function canShare(): Promise<boolean> {
  return access('/dev/shm', constants.W_OK).then(
    () => true,
    () => false,
  );
}

function tellHopeless({ file, why }: NonNullable<Found['hopeless']>): [ErrorCode, string, string] {
  const reasons = {
    static: `${file} is linked statically: no library can be loaded before it`,
    go: `${file} is a Go program, which asks the kernel for the time and not a library`,
    container: `${file} starts the client where no library of ours is loaded`,
  };
  return ['FAST_OUT_OF_REACH', reasons[why], 'everything is played at true time'];
}

/** What is the same for all probes. */
interface Probing {
  library: Library;
  curl: boolean;
  env: NodeJS.ProcessEnv;
  sideBySide: number;
}

async function probeAll(
  { runtimes, unknown }: Found,
  asked: number | true,
  probing: Probing,
): Promise<Prepared> {
  const { library, curl } = probing;
  const notices: UsageError[] = [];
  let rate = asked === true ? (RATES[0] as number) : asked;
  let longLimits = false;
  for (const [name, runtime] of runtimes) {
    const probed = await probeOne(name, runtime, probing, asked, rate);
    const { title } = PROGRAMS[name];
    if (!probed) {
      const hint =
        'end what keeps it busy, or ask for a rate: --fast 2; everything is played at true time';
      const what = `this machine is too busy for ${title} in fast time`;
      return { notices: [new UsageError('FAST_TOO_BUSY', what, hint)] };
    }
    const { figures } = probed;
    if (!figures) {
      notices.push(unprobed(title));
      longLimits = true;
    } else {
      const { unscaled, longLimits: long } = standingOf(figures, probed.rate);
      if (unscaled.length > 0) return { notices: [tooOld(name, title, library)] };
      if (long) notices.push(tellLong(title, probed.rate));
      longLimits ||= long;
    }
    rate = Math.min(rate, probed.rate);
  }
  if (runtimes.size === 0 || unknown.length > 0) {
    notices.push(tellUnknown(unknown));
    if (asked === true) rate = Math.min(rate, UNPROBED_RATE);
    longLimits = true;
  }
  return { time: fastTime(library, rate, { longLimits, curl }), notices };
}

/** @returns undefined where this machine can stand no rate */
async function probeOne(
  name: RuntimeName,
  runtime: string,
  { sideBySide, ...setting }: Probing,
  asked: number | true,
  most: number,
): Promise<Probed | undefined> {
  const probe = await prepareProbe(PROGRAMS[name], runtime);
  if (!probe) return { rate: asked === true ? UNPROBED_RATE : asked, figures: undefined };
  try {
    const measure = async (rate: number) => {
      const beside = Array.from({ length: sideBySide }, () =>
        runProbe(probe, { ...setting, rate }),
      );
      return slowestOf(await Promise.all(beside));
    };
    return asked === true
      ? await calibrate(measure, most)
      : { rate: asked, figures: await lookedAtTwice(measure, asked) };
  } finally {
    await probe.remove();
  }
}

function tooOld(name: RuntimeName, title: string, { file }: Library): UsageError {
  const hint =
    name === 'python'
      ? `name one of libfaketime 0.9.11 or later in ${OWN_LIBRARY}; everything is played at true time`
      : `name one of another version in ${OWN_LIBRARY}; everything is played at true time`;
  const what = `${title} waits in ways that ${file} does not know, and would hang`;
  return new UsageError('FAST_LIBRARY_TOO_OLD', what, hint);
}

function tellLong(title: string, rate: number): UsageError {
  const what = `time-outs of requests of ${title} do not run ${rate} times as fast here`;
  const hint = 'scenarios with late answers are played at true time';
  return new UsageError('FAST_LONG_TIMEOUTS', what, hint);
}

function unprobed(title: string): UsageError {
  const what = `how ${title} waits could not be tried: there is no compiler for it`;
  const hint = 'scenarios with late answers are played at true time';
  return new UsageError('FAST_UNPROBED', what, hint);
}

function tellUnknown(programs: readonly string[]): UsageError {
  const what =
    programs.length > 0
      ? `how ${programs.join(', ')} waits is not known`
      : 'how this command waits is not known';
  const hint = 'a run that stands still is played again at true time, and so are late answers';
  return new UsageError('FAST_UNPROBED', what, hint);
}
