// A poller that is right, in small methods: a bad client of ours is this one with one method (or two that belong
// together) put in its place by `faults/`. Run as `node client.mjs [FAULT]`.
const { env } = process;

/** What a client knows of the answer to one request; `status` 0: none came. */
const NO_ANSWER = { status: 0, text: '', data: undefined, wait: undefined };

export class Client {
  base = env.ESOZ_SANDBOX_URL;
  pace = Number(env.ESOZ_PACE ?? 1);
  /** Least time between two requests, in ms. */
  least = 1000 / this.pace;
  /** Greatest time to wait for one answer, in ms. */
  timeout = Number(env.ESOZ_TIMEOUT_SECONDS ?? 10) * 1000;
  /** Greatest time to wait for the end of a job, in ms. */
  patience = Number(env.ESOZ_PATIENCE_SECONDS ?? 600) * 1000;
  token = 'good';

  /** How many jobs it schedules side by side. */
  jobs = 1;

  say(line) {
    process.stdout.write(`${line}\n`);
  }

  now() {
    return Date.now();
  }

  async sleepUntil(moment) {
    while (this.now() < moment) {
      await new Promise((wake) => setTimeout(wake, moment - this.now()));
    }
  }

  headers() {
    return {
      Authorization: `Bearer ${this.token}`,
      'api-key': 'key',
      'Content-Type': 'application/json',
    };
  }

  address(path) {
    return `${this.base}/api${path}`;
  }

  async send(method, path, body) {
    const signal = this.timeout > 0 ? AbortSignal.timeout(this.timeout) : undefined;
    const request = { method, body, headers: this.headers(), redirect: 'manual', signal };
    try {
      const answer = await fetch(this.address(path), request);
      const text = await answer.text();
      const wait = this.readRetryAfter(answer.headers.get('retry-after'));
      return { status: answer.status, text, data: this.read(text), wait };
    } catch (error) {
      return { ...NO_ANSWER, text: `no answer, ${error.cause?.code ?? error.name}` };
    }
  }

  /** What `data` holds; undefined where the text is no JSON. `fetch` has taken away a byte order mark. */
  read(text) {
    try {
      const json = JSON.parse(text);
      return json?.data ?? json ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** Retry-After in ms: seconds or a date (RFC 9110 §10.2.3). */
  readRetryAfter(text) {
    const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
    return Number.isNaN(wait) ? undefined : wait;
  }

  /** When to ask again after an answer that tells of a job. */
  due({ eta }) {
    return Math.max(Date.parse(eta) || 0, this.now() + this.least);
  }

  /** How long to wait after a failure, the nth in a row. */
  retryIn({ wait }, failures) {
    return wait ?? Math.min(2 ** (failures - 1), 30) * this.least;
  }

  isDone({ status }) {
    return status === 'DONE';
  }

  hasFailed({ status }) {
    return status === 'FAILED';
  }

  /** Is an answer one that tells of the job? */
  tells({ status, data }) {
    return status === 200 && typeof data === 'object';
  }

  /** What to do after an answer that is no news of the job: `failure`, `missing`, `refused`. */
  kindOf({ status }) {
    if (status === 404) return 'missing';
    return status >= 400 && status < 500 && status !== 429 ? 'refused' : 'failure';
  }

  /** Does it go on after so many failures in a row of that kind? */
  goesOn(kind, times) {
    return times < { failure: 8, missing: 3, refused: 0 }[kind];
  }

  async schedule(body) {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.send('POST', '/patients/composition', body);
      if (answer.status === 200 && answer.data?.id) return answer.data;
      const refused = (answer.status === 429 || answer.status === 503) && answer.wait !== undefined;
      if (!refused || tries === 4) return this.notScheduled(answer, body);
      await this.sleepUntil(this.now() + answer.wait);
    }
  }

  notScheduled({ status, text }) {
    this.say(`not scheduled, or the outcome is unknown: ${status} ${text}`);
  }

  pollPath(id) {
    return `/patients/composition/job/${id}`;
  }

  /** Asks for a job once; a 401 gets a new token and one more try. */
  async ask(id) {
    const answer = await this.send('GET', this.pollPath(id));
    if (answer.status !== 401) return answer;
    this.renew();
    await this.sleepUntil(this.now() + this.least);
    return this.send('GET', this.pollPath(id));
  }

  renew() {
    this.token += '-renewed';
  }

  /** The job at its end; undefined when it gives up. */
  async poll(job) {
    const deadline = this.now() + this.patience;
    const times = { failure: 0, missing: 0, refused: 0 };
    let turn = this.due(job);
    while (turn <= deadline) {
      await this.sleepUntil(turn);
      const answer = await this.ask(job.id);
      if (this.tells(answer)) {
        if (this.isDone(answer.data) || this.hasFailed(answer.data)) return answer.data;
        Object.assign(times, { failure: 0, missing: 0 });
        turn = this.due(answer.data);
        continue;
      }
      const kind = this.kindOf(answer);
      times[kind] += 1;
      this.say(`${kind} ${times[kind]}: ${answer.status} ${answer.text.slice(0, 60)}`);
      if (!this.goesOn(kind, times[kind])) break;
      turn = this.now() + Math.max(this.retryIn(answer, times[kind]), this.least);
    }
    this.say('gave up, outcome unknown');
    return undefined;
  }

  /** The reason of a FAILED job stands in one of six places. */
  reasonOf({ links, error, response_data: service }) {
    const [first] = Array.isArray(error) ? error : [error];
    const rule = first?.rules?.[0];
    const texts = [
      ...(links ?? []).map(({ error: why }) => why?.message ?? why),
      first?.message ?? first,
    ];
    texts.push(rule && `${rule.code}: ${rule.description}`, service?.error?.message);
    return texts.find((text) => typeof text === 'string' && text) ?? 'no reason is given';
  }

  resultPath({ subject, encounter }, id) {
    return `/patients/${subject.value}/encounter/${encounter.value}/composition/${id}`;
  }

  async readResult({ links }, request) {
    const id = links?.find((link) => link.href)?.href.replace(/.*\//, '');
    const { status, data } = await this.send('GET', this.resultPath(request, id));
    this.say(`DONE, read ${id}: ${status} ${data?.title}`);
  }

  async finish(end, request) {
    if (this.hasFailed(end)) this.say(`FAILED: ${this.reasonOf(end)}`);
    else await this.readResult(end, request);
  }

  async runOne(body) {
    const job = await this.schedule(body);
    const end = job && (await this.poll(job));
    if (end) await this.finish(end, JSON.parse(body));
  }

  async run() {
    const example = await fetch(new URL('/__sandbox/examples/createComposition', this.base));
    const body = await example.text();
    await Promise.all(Array.from({ length: this.jobs }, (_, i) => this.runOne(this.nth(body, i))));
  }

  /** The request of the nth job: each job is of an encounter of its own. */
  nth(body, i) {
    if (i === 0) return body;
    const request = JSON.parse(body);
    const last = i.toString(16).padStart(12, '0');
    request.encounter.value = `00000000-0000-4000-8000-${last}`;
    return JSON.stringify(request);
  }
}
