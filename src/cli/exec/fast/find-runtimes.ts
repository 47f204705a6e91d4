import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { kindOfFile } from './kind-of-file.js';
import type { RuntimeName } from './programs/program.js';
import { behindOptions, commandsIn } from './words.js';

/** What a command will run, as far as its words, files and scripts tell. */
export interface Found {
  /** With the file that starts each. */
  runtimes: ReadonlyMap<RuntimeName, string>;
  /** A program whose time cannot be made to run faster, and why. */
  hopeless?: { file: string; why: 'static' | 'go' | 'container' };
  /** Programs of which nothing is known. */
  unknown: readonly string[];
}

/** The runtime behind a program's name. */
const NAMES: readonly (readonly [RegExp, RuntimeName])[] = [
  [/^node(js)?$/, 'node'],
  [/^(npm|npx|yarn|pnpm|tsx|vitest|jest|mocha)$/, 'node'],
  [/^(python|pypy)[\d.]*$/, 'python'],
  [/^(pytest|tox|poetry|pipenv|uv)$/, 'python'],
  [/^php[\d.]*$/, 'php'],
  [/^(composer|phpunit|pest)$/, 'php'],
  [/^(java|mvn|mvnw|gradle|gradlew)$/, 'java'],
  [/^(mono|mono-sgen)$/, 'mono'],
];
/** They start what stands behind their own words, or their script does. */
const SHELLS = /^(bash|sh|dash|zsh|ksh)$/;
const STARTERS = /^(env|nice|nohup|time|timeout|stdbuf|xargs|exec)$/;
/** Programs of the system that keep to libc's clocks: the check with date(1) speaks for them. */
const PLAIN =
  /^(date|sleep|curl|wget|cat|echo|grep|sed|awk|jq|tee|true|false|test|make|cd|exit|export|read|mkdir|rm|cp|printf)$/;
/** What they start runs beside another kernel's or daemon's clock. */
const CONTAINERS = /^(docker|podman|nerdctl|kubectl|docker-compose|ssh)$/;
/** Scripts start scripts; deeper than this nobody looks. */
const DEEPEST = 4;

interface World {
  cwd: string;
  path: string;
}

/** Follows a command to the runtimes that it starts: words of shells, first lines of scripts, `scripts` of npm. */
export function findRuntimes(
  argv: readonly string[],
  world: World = { cwd: process.cwd(), path: process.env.PATH ?? '' },
): Found {
  const search = new Search(world);
  search.follow(argv, 0);
  const { runtimes, unknown, hopeless } = search;
  return { runtimes, unknown: [...unknown], ...(hopeless ? { hopeless } : {}) };
}

class Search {
  readonly runtimes = new Map<RuntimeName, string>();
  readonly unknown = new Set<string>();
  hopeless: Found['hopeless'];

  constructor(private readonly world: World) {}

  follow(words: readonly string[], depth: number): void {
    const [first = '', ...rest] = words;
    if (first === '' || depth > DEEPEST) return;
    const file = fileOf(first, this.world);
    const name = basename(first).replace(/\.(exe|cmd|sh)$/, '');
    const runtime = NAMES.find(([pattern]) => pattern.test(name))?.[1];
    if (CONTAINERS.test(name)) this.hopeless ??= { file: first, why: 'container' };
    else if (runtime) this.#startsRuntime(runtime, name, file, rest, depth);
    else if (SHELLS.test(name)) this.#startsShell(rest, depth);
    else if (STARTERS.test(name)) this.follow(behindOptions(rest), depth + 1);
    else if (!PLAIN.test(name) && file !== undefined) this.#startsFile(first, file, depth);
  }

  #startsRuntime(
    runtime: RuntimeName,
    name: string,
    file: string | undefined,
    rest: readonly string[],
    depth: number,
  ): void {
    add(this.runtimes, runtime, name, file);
    if (!/^(npm|yarn|pnpm)$/.test(name)) return;
    for (const script of npmScripts(rest, this.world.cwd)) this.#followText(script, depth + 1);
  }

  #startsShell(words: readonly string[], depth: number): void {
    const at = words.findIndex((word) => /^-\w*c$/.test(word));
    if (at >= 0) this.#followText(words[at + 1] ?? '', depth + 1);
    else this.#startsScript(words.filter((word) => !word.startsWith('-'))[0], depth);
  }

  /** A shell reads it, whatever its first line says. */
  #startsScript(script: string | undefined, depth: number): void {
    const file = script && fileOf(script.includes('/') ? script : `./${script}`, this.world);
    const kind = file ? kindOfFile(file) : undefined;
    if (kind && kind.kind !== 'program') this.#followText(kind.text, depth + 1);
  }

  #startsFile(first: string, file: string, depth: number): void {
    const kind = kindOfFile(file);
    if (kind?.kind === 'script') {
      if (SHELLS.test(basename(kind.interpreter.at(-1) ?? '')))
        this.#followText(kind.text, depth + 1);
      else this.follow(kind.interpreter, depth + 1);
    } else if (kind?.kind === 'program') {
      if (kind.hopeless) this.hopeless ??= { file: first, why: kind.hopeless };
      else this.unknown.add(first);
    }
  }

  #followText(text: string, depth: number): void {
    for (const words of commandsIn(text)) this.follow(words, depth);
  }
}

/** A wrapper (mvn, npm) is not what runs programs: its runtime's own name is. */
function add(
  runtimes: Map<RuntimeName, string>,
  runtime: RuntimeName,
  name: string,
  file: string | undefined,
): void {
  const own = runtime === 'mono' ? /^mono/ : new RegExp(`^${runtime}`);
  if (own.test(name) && file !== undefined) runtimes.set(runtime, file);
  else if (!runtimes.has(runtime))
    runtimes.set(runtime, runtime === 'python' ? 'python3' : runtime);
}

function fileOf(word: string, { cwd, path }: World): string | undefined {
  const places = word.includes('/')
    ? [join(word.startsWith('/') ? '' : cwd, word)]
    : path.split(delimiter).map((folder) => join(folder, word));
  return places.find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return statSync(realpathSync(file)).isFile();
  } catch {
    return false;
  }
}

/** What `npm test` or `npm run x` runs, by the package.json of this folder. */
function npmScripts(words: readonly string[], cwd: string): string[] {
  const asked = words.filter((word) => !word.startsWith('-'));
  const name = asked[0] === 'run' ? asked[1] : asked[0];
  try {
    const { scripts = {} } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
    const text = scripts[name === 't' ? 'test' : (name ?? '')];
    return typeof text === 'string' ? [text] : [];
  } catch {
    return [];
  }
}
