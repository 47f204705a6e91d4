import pc from 'picocolors';
import { type RunningSandbox, startSandbox } from '../index.js';
import { type PolledJob, pollUntilFinal } from './poller.js';

const HEADERS = {
  Authorization: 'Bearer demo',
  'api-key': 'demo',
  'Content-Type': 'application/json',
};

/** Plays the documented sequence and two mishaps against a sandbox of its own, and tells what happens. */
export async function demo({ pace }: { pace: number }): Promise<void> {
  const sandbox = await startSandbox({ clock: { mode: 'paced', pace } });
  try {
    await new Demo(sandbox).play();
  } finally {
    await sandbox.close();
  }
}

interface Composition {
  identifier: { value: string };
  status: string;
  title: string;
  subject: { value: string };
  encounter: { value: string };
}

class Demo {
  readonly #began = performance.now();
  readonly #api: string;

  constructor(private readonly sandbox: RunningSandbox) {
    this.#api = `${sandbox.url}/api`;
  }

  async play(): Promise<void> {
    this.#chapter('A conclusion is created, signed and cancelled');
    const body = await this.#example();
    const created = await this.#run('POST', '/patients/composition', body);
    const id = created.href?.split('/').at(-1) ?? '';
    const composition = await this.#read(body, id);
    await this.#run('PATCH', `/patients/composition/${id}/sign`, signed(composition));
    await this.#read(body, id);
    const reason = {
      coding: [
        {
          system: 'eHealth/COMPOSITION_CANCELLATION_REASONS_TEMP_DISABILITY',
          code: 'INCORRECT_OTHER',
        },
      ],
    };
    await this.#run(
      'PATCH',
      `/patients/composition/${id}/cancel`,
      signed({ identifier: composition.identifier, reason }),
    );
    await this.#read(body, id);

    this.#chapter('A job fails: its error is shown, nothing is read');
    this.sandbox.next('failed-1172');
    await this.#run('POST', '/patients/composition', body);

    this.#chapter('The service is out for a while: the poller waits as Retry-After says');
    this.sandbox.next('unavailable-503');
    await this.#run('POST', '/patients/composition', body);
    this.#chapter(
      `That was ${this.sandbox.journal().length} requests. Now yours: esoz-sandbox serve`,
    );
  }

  async #run(method: string, path: string, body: unknown): Promise<PolledJob> {
    const answer = await this.#send(method, path, body);
    const { data } = (await answer.json()) as { data: PolledJob };
    this.#tell(
      `${method} ${path}`,
      `${answer.status}, job ${data.id.slice(0, 8)} ${data.status}, eta ${clockTime(data.eta)}`,
    );
    const url = `${this.#api}/patients/composition/job/${data.id}`;
    const job = await pollUntilFinal(url, HEADERS, data.eta, (status, text) =>
      this.#tell('  poll', `${status} ${text}`),
    );
    if (job.error) this.#tell('  error', pc.red(job.error));
    return job;
  }

  async #read(
    created: { subject: { value: string }; encounter: { value: string } },
    id: string,
  ): Promise<Composition> {
    const path = `/patients/${created.subject.value}/encounter/${created.encounter.value}/composition/${id}`;
    const answer = await this.#send('GET', path);
    const { data } = (await answer.json()) as { data: Composition };
    this.#tell('GET the composition', `${answer.status}, ${data.title} ${pc.bold(data.status)}`);
    return data;
  }

  async #example() {
    const answer = await fetch(`${this.sandbox.url}/__sandbox/examples/createComposition`);
    return (await answer.json()) as { subject: { value: string }; encounter: { value: string } };
  }

  #send(method: string, path: string, body?: unknown): Promise<Response> {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(this.#api + path, { method, headers: HEADERS, ...init });
  }

  #chapter(title: string): void {
    process.stdout.write(`\n${pc.bold(title)}\n`);
  }

  #tell(what: string, came: string): void {
    const time = ((performance.now() - this.#began) / 1000).toFixed(2).padStart(6);
    process.stdout.write(`${pc.dim(`${time} s`)}  ${what}\n${' '.repeat(12)}${came}\n`);
  }
}

/** Plain JSON in base64: the sandbox takes it in the place of a signature container. */
function signed(content: unknown): { data: string } {
  return { data: Buffer.from(JSON.stringify(content)).toString('base64') };
}

function clockTime(eta: string): string {
  return eta.slice(11, 23);
}
