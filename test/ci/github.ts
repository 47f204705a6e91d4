import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { type Context, fillIn, holds } from './expressions.js';
import { keep, type Machine, type Ran, restore, runScript, upload } from './shell.js';

export interface Action {
  name: string;
  description: string;
  inputs: Record<string, { description: string; required?: boolean; default?: unknown }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
}

export interface Step {
  id?: string;
  if?: string;
  uses?: string;
  with?: Record<string, string>;
  run?: string;
  shell?: string;
  env?: Record<string, string>;
  'working-directory'?: string;
}

export const readAction = () => parse(readFileSync('action.yml', 'utf8')) as Action;

/** Done as the runner of GitHub does it: https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax */
export function runAction(given: Record<string, string>, machine: Machine) {
  const { inputs, outputs, runs } = readAction();
  const runner = new Runner(machine, inputsOf(inputs, given));
  for (const step of runs.steps) runner.run(step);
  runner.finish();
  const values = Object.entries(outputs).map(([name, { value }]) => [
    name,
    fillIn(value, runner.context),
  ]);
  return { ...runner.ran, outputs: Object.fromEntries(values), summary: runner.summary };
}

function inputsOf(declared: Action['inputs'], given: Record<string, string>): Context {
  for (const name of Object.keys(given)) {
    if (!(name in declared)) throw new Error(`there is no input ${name}`);
  }
  const values = Object.entries(declared).map(([name, one]) => {
    if (one.required && !(name in given)) throw new Error(`the input ${name} is missing`);
    return [name, given[name] ?? String(one.default ?? '')];
  });
  return Object.fromEntries(values);
}

class Runner {
  readonly #steps: Record<string, { outputs: Record<string, string> }> = {};
  readonly #temp = mkdtempSync(join(tmpdir(), 'esoz-runner-'));
  readonly #files = mkdtempSync(join(tmpdir(), 'esoz-runner-files-'));
  readonly #afterwards: (() => void)[] = [];
  readonly context: Context;
  ran: Ran = { code: 0, text: '' };

  constructor(
    readonly machine: Machine,
    inputs: Context,
  ) {
    const runner = { os: 'Linux', arch: 'X64', temp: this.#temp };
    this.context = { inputs, runner, steps: this.#steps };
    writeFileSync(this.#file('summary'), '');
  }

  get summary(): string {
    return readFileSync(this.#file('summary'), 'utf8');
  }

  run(step: Step): void {
    if (!holds(step.if, this.context, this.ran.code !== 0)) return;
    const outputs = step.run === undefined ? this.#use(step) : this.#script(step);
    if (step.id) this.#steps[step.id] = { outputs };
  }

  /** What actions do at the end of a job. */
  finish(): void {
    for (const each of this.#afterwards) each();
  }

  #file(name: string): string {
    return join(this.#files, name);
  }

  #script({ run = '', shell, env = {}, ...step }: Step): Record<string, string> {
    if (shell !== 'bash') throw new Error(`a step of a composite action names its shell: ${shell}`);
    const script = this.#file('script.sh');
    writeFileSync(script, fillIn(run, this.context));
    writeFileSync(this.#file('output'), '');
    const cwd = join(
      this.machine.workspace,
      fillIn(step['working-directory'] ?? '.', this.context),
    );
    const { code, text } = runScript(
      ['bash', '--noprofile', '--norc', '-eo', 'pipefail', script],
      cwd,
      {
        ...this.machine.env,
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: this.machine.workspace,
        GITHUB_OUTPUT: this.#file('output'),
        GITHUB_STEP_SUMMARY: this.#file('summary'),
        RUNNER_TEMP: this.#temp,
        RUNNER_OS: 'Linux',
        ...this.#filled(env),
      },
    );
    this.ran = { code: this.ran.code || code, text: this.ran.text + text };
    const lines = readFileSync(this.#file('output'), 'utf8').trimEnd().split('\n');
    return Object.fromEntries(lines.filter(Boolean).map((line) => line.split(/=(.*)/s, 2)));
  }

  #filled(values: Record<string, string>): Record<string, string> {
    const all = Object.entries(values).map(([name, value]) => [name, fillIn(value, this.context)]);
    return Object.fromEntries(all);
  }

  #use({ uses = '', with: given = {} }: Step): Record<string, string> {
    const values = this.#filled(given);
    const [name] = uses.split('@');
    if (name === 'actions/cache') return this.#cache(values);
    if (name === 'actions/upload-artifact') return this.#upload(values);
    throw new Error(`no stand-in for ${uses}`);
  }

  #cache({ key = '', path = '' }: Record<string, string>): Record<string, string> {
    const hit = restore(this.machine, key, path);
    this.#afterwards.push(() => {
      // A cache is kept of jobs that have succeeded.
      if (!hit && this.ran.code === 0) keep(this.machine, key, path);
    });
    return { 'cache-hit': String(hit) };
  }

  #upload({ path = '' }: Record<string, string>): Record<string, string> {
    const { workspace } = this.machine;
    for (const each of path.split('\n').filter(Boolean)) {
      upload(this.machine, relative(workspace, join(workspace, each)));
    }
    return {};
  }
}

/** Its folders, so that tests that only read need none. */
export function machineAt(folder: string, env: Record<string, string>): Machine {
  const at = (name: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    return join(folder, name);
  };
  return { workspace: at('workspace'), caches: at('caches'), artifacts: at('artifacts'), env };
}
