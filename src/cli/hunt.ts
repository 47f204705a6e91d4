import { mkdir, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Tolerances } from '../audit/verdict.js';
import { lifeOf } from '../hunt/draft.js';
import { Drafts } from '../hunt/drafts.js';
import { hunt as huntFor } from '../hunt/hunt.js';
import type { Kit } from '../hunt/ingredient.js';
import { kitOf } from '../hunt/ingredients.js';
import { loadFastCheck } from '../hunt/load-fast-check.js';
import type { Find, Hunted } from '../hunt/plan.js';
import { writeLife } from '../hunt/write-life.js';
import { filesNamed } from '../load/files-named.js';
import type { ServedFiles } from '../load/pack-description.js';
import type { ServerOptions } from '../load/server-options.js';
import type { Api } from '../sandbox/api.js';
import type { Validate } from '../sandbox/setup.js';
import { UsageError } from '../sandbox-error.js';
import { parseDuration } from '../time/duration.js';
import type { Duration } from '../time/moments.js';
import { pastProxy, readVariable } from './exec/environment.js';
import { VERDICT_EXIT } from './exec/exit-code.js';
import { checkSpeed, readToleranceOptions } from './exec/settings.js';
import { splitCommand } from './exec/split-command.js';
import type { FindText, Unplayed } from './hunt/ended.js';
import { Players } from './hunt/players.js';
import { readProbe } from './hunt/probe.js';
import { makeTeller } from './hunt/tell.js';
import { prepareTime } from './hunt/time.js';

/** What the command line gives. */
export interface HuntOptions
  extends ServedFiles,
    Pick<ServerOptions, 'upstream' | 'stubs' | 'webhooks' | 'auth' | 'quota'> {
  seed?: number;
  budget: string;
  jobs?: number;
  pace: number;
  /** `true`: as fast as machine and client can stand; false: not at all; undefined: `true` where that can be. */
  fast?: number | boolean;
  out?: string;
  all?: boolean;
  format: 'text' | 'json';
  env: string[];
  tolerance: string[];
  validate?: Validate;
  output?: boolean;
}

/** A life takes no longer than this, in the API's time: many of them are to have room in a budget. */
const LONGEST: Duration = 25_000;

/** Draws lives, and looks for one that breaks the client. @returns the exit code @throws UsageError, FileError */
export async function hunt(args: readonly string[], given: HuntOptions): Promise<number> {
  const { files, argv } = splitCommand(args);
  const options = { ...given, ...filesNamed(files, given) };
  if (argv.length === 0) {
    const hint = 'put it behind --: esoz-sandbox hunt -- npm test';
    throw new UsageError('USAGE_NO_COMMAND', 'no command was given', hint);
  }
  const budget = readBudget(options.budget);
  const fc = await loadFastCheck();
  await prepareFolder(options.out);
  const seed = options.seed ?? freshSeed();
  checkSpeed({
    fast: options.fast || undefined,
    pace: options.pace === 1 ? undefined : options.pace,
  });
  const began = performance.now();
  const { fast, why, jobs } = await prepareTime(argv, options);
  const { format } = options;
  const again = playedBy(files, given);
  const teller = makeTeller({ format, seed, budget, jobs, argv, again, rate: fast?.rate, why });
  const players = await Players.open(jobs, served(options), {
    argv,
    variables: options.env.map(readVariable),
    access: pastProxy(process.env),
    pace: options.pace,
    fast,
    tolerances: readToleranceOptions(options.tolerance) as Tolerances,
    show: options.output ?? false,
  });
  const ignore = endOnSignal(players);
  const timer = setTimeout(() => players.end(), budget - (performance.now() - began));
  try {
    teller.begin();
    const probe = await probeWith(players);
    if ('why' in probe) {
      teller.unplayed(probe);
      return VERDICT_EXIT.command;
    }
    const { api, kit } = probe;
    const hunted = await huntFor({
      kit,
      drafts: new Drafts(fc, kit, seed),
      play: async (scenario, unwanted, surely) =>
        (await players.play(new Map([[api.name, scenario]]), unwanted, surely))?.outcome,
      jobs,
      longest: LONGEST,
      pace: options.pace,
      left: () => budget - (performance.now() - began),
      elapsed: () => performance.now() - began,
      all: options.all ?? false,
      hear: (event) => {
        // What true time does not show was the machine's doing.
        if (event.kind === 'flaky') fast?.slower(fast.rate);
        teller.hear(event);
      },
    });
    const texts = await writeFinds(hunted.finds, api, options.out);
    teller.end(hunted, { api, kit, texts, took: performance.now() - began });
    return exitCode(hunted);
  } finally {
    clearTimeout(timer);
    ignore();
    teller.silence();
    await players.close();
  }
}

function exitCode({ finds, flaky: _ }: Hunted): number {
  return finds.length > 0 ? VERDICT_EXIT.finding : VERDICT_EXIT.held;
}

/** Lets the client run once against the plainest life of each API, and sees which of them it is a client of. */
async function probeWith(players: Players): Promise<{ api: Api; kit: Kit } | Unplayed> {
  const kits = new Map<Api, Kit>();
  for (const api of players.apis) {
    const kit = kitOf(api);
    if (kit) kits.set(api, kit);
  }
  if (kits.size === 0) {
    const [first] = players.apis;
    throw new UsageError(
      'HUNT_NOTHING_TO_DRAW',
      `no state of ${first?.name} is open, or none is done: no life can be drawn`,
      'play the scenarios that there are: esoz-sandbox exec',
    );
  }
  const plain = { refusal: undefined, pieces: [], end: 0, eta: 1300 };
  const lives = [...kits].map(
    ([api, kit]) => [api.name, lifeOf(plain, kit, 'hunt-first').scenario] as const,
  );
  return readProbe(await players.play(new Map(lives)), kits);
}

async function writeFinds(
  finds: readonly Find[],
  api: Api,
  folder: string | undefined,
): Promise<ReadonlyMap<Find, FindText>> {
  const texts = new Map<Find, FindText>();
  for (const find of finds) {
    const { cause, shrunk } = find;
    const name = `hunt-${cause.id}`.slice(0, 64);
    const text = await writeLife(api, shrunk.scenario, name, `${cause.title}.`);
    const file = folder === undefined ? undefined : join(folder, `${name}.yaml`);
    if (file !== undefined) await writeFile(file, text);
    texts.set(find, { name, text, ...(file === undefined ? {} : { file }) });
  }
  return texts;
}

async function prepareFolder(folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    const what = `--out ${folder}: cannot be written (${error.code})`;
    throw new UsageError('USAGE_WRONG_OPTION', what, 'name a folder that you may write to');
  });
}

function readBudget(text: string): Duration {
  const time = parseDuration(text);
  if (time !== undefined && time > 0) return time;
  const what = `--budget ${text} is no length of time`;
  throw new UsageError('USAGE_WRONG_OPTION', what, 'write 30s or 2min');
}

/** What `exec` is given so that it finds what was written. */
function playedBy(
  files: readonly string[],
  { pack, spec, binding, out, pace, env }: HuntOptions,
): string[] {
  const named = (option: string, values: string | readonly string[] | undefined) =>
    [values ?? []].flat().flatMap((value) => [option, value]);
  return [
    ...named('--scenarios', out),
    ...named('--pack', pack),
    ...named('--spec', spec),
    ...named('--binding', binding),
    ...named('--pace', pace === 1 ? undefined : String(pace)),
    ...named('--env', env),
    ...files,
  ];
}

function freshSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

function served(options: HuntOptions): ServerOptions {
  const { pack, spec, binding, scenarios, apis } = options;
  const { upstream, stubs, validate, webhooks, auth, quota } = options;
  const all = { pack, spec, binding, scenarios, apis };
  const others = { upstream, stubs, validate, webhooks, auth, quota };
  return Object.fromEntries(
    Object.entries({ ...all, ...others }).filter(([, value]) => value !== undefined),
  );
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Whatever ends the hunt ends the client's commands with it. */
function endOnSignal(players: Players): () => void {
  const end = (signal: NodeJS.Signals) => {
    // POSIX, "Exit Status for Commands": 128 and the signal's number.
    const code = 128 + constants.signals[signal];
    void players.close().finally(() => process.exit(code));
  };
  for (const signal of SIGNALS) process.once(signal, end);
  return () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
}
