// ESOZ Sandbox for node:test, Jest and Vitest: a session of its own for each test. Node 18 or later, no packages.
// ESOZ_SANDBOX_URL names a sandbox that runs; without it one is started: ESOZ_SANDBOX_COMMAND, else `esoz-sandbox`.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The sandbox has refused a call: what is wrong, and what to do. */
export class SandboxError extends Error {
  /** @param {string} code such as SCENARIO_UNKNOWN */
  constructor(code, message) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** A sandbox that runs, here or elsewhere. */
export class Sandbox {
  #given;
  #child;

  constructor(url, child) {
    const { origin, pathname } = new URL(url);
    this.url = origin;
    // `esoz-sandbox exec` has begun a session for the whole command, and judges that.
    const name = /^\/~([^/]+)/.exec(pathname)?.[1];
    this.#given = name && decodeURIComponent(name);
    this.#child = child;
  }

  /** The one at ESOZ_SANDBOX_URL, else one of its own; arguments are those of `serve`. */
  static async start(...args) {
    const { ESOZ_SANDBOX_URL: url, ESOZ_SANDBOX_COMMAND: named = 'esoz-sandbox' } = process.env;
    if (url) return new Sandbox(url);
    const [file, ...rest] = named.split(' ');
    const child = spawn(
      file,
      [...rest, 'serve', '--port', '0', '--json', '--ends-with-stdin', ...args],
      {
        // Nothing is written to its input: that closes when this process ends, even when it is killed.
        stdio: ['pipe', 'pipe', 'inherit'],
        // npm's commands are scripts there.
        shell: process.platform === 'win32' && !file.endsWith('.exe'),
      },
    );
    const lines = createInterface({ input: child.stdout });
    const failed = once(child, 'error').then(() => {
      const hint =
        'install it, name it in ESOZ_SANDBOX_COMMAND, or name a running one in ESOZ_SANDBOX_URL';
      throw new SandboxError('SANDBOX_NOT_FOUND', `there is no ${file}; ${hint}`);
    });
    const ended = once(child, 'exit').then(([status]) => {
      throw new SandboxError('SANDBOX_NOT_STARTED', `${file} has ended with ${status}`);
    });
    for (const each of [failed, ended]) each.catch(() => {});
    const [first] = await Promise.race([once(lines, 'line'), failed, ended]);
    // It does not keep the tests running.
    for (const each of [child, child.stdin, child.stdout]) each.unref();
    return new Sandbox(JSON.parse(first).url, child);
  }

  /**
   * A session of its own.
   * @param {object} setup as `PUT /__sandbox/sessions/NAME` takes it: scenario, clock, chaos
   */
  async session(name = 'test', setup = {}) {
    if (this.#given) return new Session(this, this.#given, true);
    const plain = name.replace(/[^\w.-]+/g, '-').slice(0, 50);
    const session = new Session(this, `${plain}-${randomUUID().slice(0, 8)}`, false);
    await session.set(setup);
    return session;
  }

  /** Calls the control API. Rejects with a SandboxError where it refuses. */
  async call(method, path, body) {
    const { ESOZ_CONTROL_TOKEN: token } = process.env;
    const answer = await fetch(`${this.url}/__sandbox${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        ...(token ? { 'X-Sandbox-Token': token } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = text === '' ? undefined : JSON.parse(text);
    if (answer.ok) return json;
    const { code, message, invalid = [] } = json.error;
    const slips = invalid.map(({ at, description }) => `${at}: ${description}`);
    throw new SandboxError(code, [message, ...slips].join('; '));
  }

  /** Ends it, where it was started here. */
  async close() {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.ref();
    child.stdin.end();
    child.kill();
    await ended;
  }
}

/** Jobs, clock and journal that no other test sees. The client's base URL is `url`; the API lies below it. */
export class Session {
  #path;
  #given;

  constructor(sandbox, name, given) {
    this.sandbox = sandbox;
    this.name = name;
    this.#given = given;
    this.#path = `/sessions/${encodeURIComponent(name)}`;
    this.url = `${sandbox.url}/~${encodeURIComponent(name)}`;
    /** What has happened in it, to be seen in a browser. */
    this.page = `${sandbox.url}/__sandbox/#${this.#path}`;
  }

  /** `set({ scenario: 'done-after-eta' })`, `set({ clock: { mode: 'manual' } })`, `set({ chaos: null })`. */
  async set(setup) {
    await this.sandbox.call('PUT', this.#path, setup);
  }

  /** Every job lives this scenario. */
  async choose(scenario) {
    await this.set({ scenario });
  }

  /** The next jobs live this scenario. */
  async next(scenario, times = 1) {
    await this.sandbox.call('POST', `${this.#path}/next`, { scenario, times });
  }

  /** Time stands still until it is advanced; `now` is a moment as in 2026-01-31T08:00:00Z. */
  async manualClock(now) {
    await this.set({ clock: { mode: 'manual', ...(now === undefined ? {} : { now }) } });
  }

  /** Moves a manual clock on: `3s`, `5m`. */
  async advance(by) {
    await this.sandbox.call('POST', `${this.#path}/clock/advance`, { by });
  }

  /** An example body of an operation, such as createComposition. */
  async example(operation) {
    return await this.sandbox.call('GET', `/examples/${operation}`);
  }

  async jobs() {
    return (await this.sandbox.call('GET', `${this.#path}/jobs`)).jobs;
  }

  async journal() {
    return (await this.sandbox.call('GET', `${this.#path}/journal`)).exchanges;
  }

  /** What is wrong with the client's polling, as JSON has it: held, causes, rules, jobs. */
  async verdict() {
    return await this.sandbox.call('GET', `${this.#path}/verdict`);
  }

  /** Rejects with the causes where a rule is broken, and where no request has come. */
  async assertPolledWell() {
    const { held, causes } = await this.#heard();
    if (!held) throw new Error(this.#tell('the client breaks rules', causes));
  }

  /** Rejects where this rule was broken, or where nothing put the client to its test. */
  async assertFollowed(rule) {
    const { rules, causes } = await this.#heard();
    const one = rules.find((each) => each.rule === rule);
    if (!one) {
      // Where there is no such rule, this is refused with the name of the nearest.
      const asked = `${this.#path}/verdict?tolerance=${encodeURIComponent(rule)}=off`;
      await this.sandbox.call('GET', asked);
      throw new Error(`${rule} is about nothing that this API does`);
    }
    const { outcome, reason = 'it was switched off', title } = one;
    if (outcome === 'passed') return;
    if (outcome !== 'failed') {
      const hint = 'choose a scenario that puts the client to this test';
      throw new Error(`${rule} is ${outcome}: ${reason}; ${hint}`);
    }
    const own = causes.filter((cause) => cause.rule === rule);
    throw new Error(this.#tell(`${rule} is broken: ${title}`, own));
  }

  /** Forgets all that it holds. */
  async end() {
    if (!this.#given) await this.sandbox.call('DELETE', this.#path);
  }

  async #heard() {
    const verdict = await this.verdict();
    if (verdict.exchanges > 0) return verdict;
    const hint = `does the client use its url, ${this.url}?`;
    throw new Error(`no request has come to session ${this.name}; ${hint}`);
  }

  #tell(what, causes) {
    const told = causes.flatMap(({ title, rule, evidence, advice }) => [
      `✗ ${title}`,
      `  ${rule}: ${evidence.message}`,
      `  → ${advice}`,
    ]);
    return [`${what} (session ${this.name})`, ...told, `see ${this.page}`].join('\n');
  }
}
