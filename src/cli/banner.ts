import { relative } from 'node:path';
import pc from 'picocolors';
import type { Binding } from '../contract/binding.js';
import type { ServedFiles } from '../load/pack-description.js';
import { type Api, type Apis, apisFrom, scenarioOf } from '../sandbox/api.js';
import { derivedOf } from '../sandbox/derived.js';
import { BOARD, CONTROL } from '../server/board/is-for-board.js';
import type { RunningServer } from '../server/server.js';
import { t } from '../texts/spoken.js';
import { curlLines } from './curl-lines.js';
import { quoted, trustAdvice } from './trust-lines.js';

/** What has been named on the command line, for commands that are shown. */
export interface Named extends ServedFiles {
  /** Arguments. */
  named: readonly string[];
}

/** What a person reads when it has started. */
export function banner(server: RunningServer, version: string, named: Named): string {
  const { url, sandbox } = server;
  const { apis, clock, rules, auth, validate } = sandbox.setup;
  const several = apis.length > 1;
  const times = clock.mode === 'fast' ? clock.rate : clock.pace;
  const pace = times === undefined ? '' : t` (${times} times faster)`;
  const jobs = apis.some(({ binding }) => binding.schedules.size > 0);
  const hint = jobs ? t(' (put the id of the first answer in the place of JOB_ID)') : '';
  const groups = [...new Set(apis.map(({ from }) => from))].map((from) => apisFrom(apis, from));
  // Of a platform the first pack is enough to begin with: the others are read when a request is for them.
  const shown = groups.filter(([{ platform, from }]) => platform === undefined || from === 0);
  const lines = shown.flatMap((kinds) =>
    kinds
      .slice(0, SHOWN)
      .flatMap((api) => [
        ...(several ? [pc.dim(`  # ${api.name}`)] : []),
        ...curlLines(api, server.teams?.[0]?.url ?? url).map(
          (line) => `  ${trusting(line, server.authority)}`,
        ),
      ]),
  );
  return [
    `${pc.bold(`ESOZ Sandbox ${version}`)}  ${pc.green(boardUrl(server))}  ${pc.dim(t('open it in a browser'))}`,
    '',
    ...groups.flatMap((kinds) => [
      row('serves', whatIsServed(kinds[0], url)),
      ...bindingLines(kinds),
      ...playLines(kinds, groups.length > 1 ? undefined : named),
    ]),
    row('clock', `${clock.mode}${pace}`),
    ...(rules === 'off' ? [row('rules', t('off: only scenarios play'))] : []),
    ...(auth === 'strict' ? [row('auth', t('strict: tokens of this sandbox alone'))] : []),
    ...(validate === 'on'
      ? []
      : [row('validate', t`${validate}: requests that break the contract go through`)]),
    row('control', `${url}${CONTROL}/health`),
    ...(server.teams ?? []).map((one) => row(one.team, `${one.url}${BOARD}`)),
    ...wayLines(server),
    '',
    ...(lines.length > 0 ? [`${t('Try it')}${hint}:`, '', ...lines, ...windowsLines(), ''] : []),
    pc.dim(t('One line for each exchange follows; Ctrl-C stops.')),
    '',
  ].join('\n');
}

/** `  serves    …`: what a line is about, and what there is to say. */
function row(about: string, text: string): string {
  const name = about === '' ? '' : t(about);
  return `  ${name.padEnd(Math.max(10, name.length + 1))}${text}`;
}

/** Where a browser finds the page: at `/`, unless an API has that path. */
export function boardUrl({ url, sandbox }: RunningServer): string {
  return sandbox.setup.routes.find('GET', '/').kind === 'unknown path' ? `${url}/` : url + BOARD;
}

function windowsLines(): string[] {
  if (process.platform !== 'win32') return [];
  return ['', pc.dim(t('On Windows: in Git Bash or WSL; PowerShell quotes differently.'))];
}

function whatIsServed({ contract, binding }: Api, url: string): string {
  const base = binding.prefixes.map((p) => url + p).join(', ');
  const { title, version, routes } = contract;
  return t`${`${title} ${version}`}: ${routes.length} operations below ${base}`;
}

/** By which other addresses it can be called, and what a client of https has to trust. */
function wayLines({ addresses, authority }: RunningServer): string[] {
  const [, ...others] = addresses;
  return [
    ...(others.length > 0 ? [row('also at', others.join(', '))] : []),
    ...(authority === undefined ? [] : ['', ...trustAdvice(authority)]),
  ];
}

function trusting(line: string, authority: string | undefined): string {
  if (authority === undefined) return line;
  return line.replaceAll('curl -s ', () => `curl -s --cacert ${quoted(authority)} `);
}

/** Which binding plays, in a word for machines and in words for people. */
function tellOrigin({ origin = 'named', file, name, schedules }: Binding): string {
  if (origin === 'guessed')
    return schedules.size > 0
      ? t('guessed from the document')
      : t('none: nothing looks like a job');
  if (origin === 'shipped')
    return t`${name}, which comes with the package: its operations are here`;
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path;
}

/** At most so many doubts, and so many kinds of jobs to try: `init` writes all of them. */
const SHOWN = 3;

/** @param kinds one, or the kinds of jobs of one binding */
function bindingLines(kinds: Apis): string[] {
  const [{ binding, contract }] = kinds;
  const lines = [row('binding', tellOrigin(binding))];
  if (!binding.guessed) return lines;
  const init = `esoz-sandbox init ${contract.file}`;
  if (binding.schedules.size === 0)
    return [
      ...lines,
      row(
        '',
        t`every operation is answered from the contract; ${init} writes a file to say otherwise`,
      ),
    ];
  const questions = [...new Set(kinds.flatMap((api) => api.binding.guessed?.questions ?? []))];
  const asked = questions
    .slice(0, SHOWN)
    .map((question) => `  ${pc.yellow('?')}         ${t(question)}`);
  const more = questions.length - asked.length;
  return [
    ...lines,
    ...kinds.map((api) => row('', `${nameOfKind(api)}${jobsOf(api.binding)}`)),
    ...asked,
    row(
      '',
      more > 0
        ? t`${init} writes it into a file, with each reason and ${more} more questions`
        : t`${init} writes it into a file, with each reason`,
    ),
  ];
}

function jobsOf({ schedules, report }: Binding): string {
  return `${[...schedules.keys()].join(', ')} → ${report.operation}`;
}

/** `exports: `, where there are several kinds of jobs. */
function nameOfKind({ name, binding }: Api): string {
  return binding.kind === undefined ? '' : `${name}: `;
}

/** What jobs live by, each kind in a line of its own. */
function playLines(kinds: Apis, options: Named | undefined): string[] {
  const playing = kinds.filter(({ binding }) => binding.schedules.size > 0);
  const told = playing.map((api) => `${nameOfKind(api)}${whatPlays(api, options)}`);
  const [first] = told;
  // Guessed kinds live by the same names.
  const alike = kinds[0].binding.guessed && new Set(playing.map(lives)).size === 1;
  if (first === undefined) return [];
  const shown = alike ? [whatPlays(kinds[0], options)] : told;
  return shown.map((line, i) => row(i === 0 ? 'plays' : '', line));
}

function lives({ catalogue, scenario }: Api): string {
  return JSON.stringify([scenario, ...catalogue.keys()]);
}

/** A scenario that is in no file is not what jobs live by. */
function whatPlays(api: Api, options?: Named): string {
  const { catalogue, scenario, fallback, binding } = api;
  const list = `esoz-sandbox scenarios${options ? optionsFor(options) : ''}`;
  // Where there are files nothing has to be derived for a line of text.
  const derived = catalogue.size > 0 ? 0 : derivedOf(api).scenarios.size;
  const played = scenarioOf(api, scenario) ? scenario : fallback.name;
  if (derived > 0) {
    const title = played === fallback.name ? ` (${t(fallback.title)})` : '';
    return t`${`${played}${title}`}, unless you choose one of ${derived} that follow from the binding (${list})`;
  }
  if (catalogue.size === 0) {
    return t`${fallback.name} (${fallback.title}); a folder of scenarios of your own is named by --scenarios`;
  }
  if (binding.guessed) {
    const names = [...catalogue.keys()].join(', ');
    return t`${played} (${fallback.title}), unless you choose one of ${names}`;
  }
  return t`${played}, unless you choose one of the ${catalogue.size} scenarios (${list})`;
}

/** The options by which another command means the same API. */
function optionsFor({ apis, ...options }: Named): string {
  const { pack, spec, binding, scenarios } = apis?.[0] ?? options;
  const given = Object.entries({ pack, spec, binding, scenarios });
  return given
    .flatMap(([name, file]) => (file === undefined ? [] : [` --${name} ${file}`]))
    .join('');
}
