// The JavaScript example with one bug each. Chosen and written down before anything was hunted: an entry that a hunt
// does not find is a shortcoming of the hunt, and stays.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const EXAMPLE = new URL('../../examples/javascript/poller.mjs', import.meta.url);

/** What is replaced stands in the example exactly once. */
export const MUTANTS = [
  {
    name: 'ignores-eta',
    bug: 'asks again after a second, whatever eta says',
    from: 'Math.max(Date.parse(eta) || 0, Date.now() + Math.max(wait, LEAST))',
    to: 'Math.max(Date.now() + Math.max(wait, LEAST), eta ? 0 : 0)',
  },
  {
    name: 'fixed-pause',
    bug: 'waits for the first eta, and then 3 seconds between polls',
    from: 'turn = after(LEAST, job.eta);',
    to: 'turn = after(3 * LEAST);',
  },
  {
    name: 'polls-on-after-done',
    bug: 'polls once more after the end, to be sure',
    from: "if (job.status === 'DONE' || job.status === 'FAILED') return job;",
    to: `if (job.status === 'DONE' || job.status === 'FAILED') {
        await sleepUntil(after(LEAST));
        await call('GET', \`/patients/composition/job/\${id}\`);
        return job;
      }`,
  },
  {
    name: 'failed-is-success',
    bug: 'reads a result of a job that has failed',
    from: "if (end?.status === 'DONE') await readResult",
    to: 'if (end) await readResult',
  },
  {
    name: 'stops-at-the-third-pending',
    bug: 'takes the third answer PENDING for a job that hangs, and leaves it',
    from: `say(\`\${job.status ?? 'no status'}, eta \${job.eta}\`); // an unknown word is no end`,
    to: 'if ((poll.told = (poll.told ?? 0) + 1) === 3) return say("it hangs");',
  },
  {
    name: 'sends-a-lost-post-again',
    bug: 'sends the request that schedules once more when no answer came',
    from: 'const refused = (status === 429 || status === 503) && wait !== undefined;',
    to: `if (status === 0 && tries < 2) return schedule(body, tries + 1);
  const refused = (status === 429 || status === 503) && wait !== undefined;`,
  },
  {
    name: 'hot-loop-on-failure',
    bug: 'asks again at once after a failure that names no pause',
    from: 'turn = after(wait ?? Math.min(2 ** (times - 1), 30) * LEAST);',
    to: 'turn = wait === undefined ? Date.now() : after(wait);',
  },
  {
    name: 'ignores-retry-after',
    bug: 'makes its own pause after a failure, whatever Retry-After says',
    from: 'turn = after(wait ?? Math.min(2 ** (times - 1), 30) * LEAST);',
    to: 'turn = after(Math.min(2 ** (times - 1), 30) * LEAST, wait && undefined);',
  },
  {
    name: 'takes-404-for-pending',
    bug: 'takes 404 for a job that is not visible yet, however often',
    from: 'turn <= deadline && missing < 3 && passing < 8',
    to: 'turn <= deadline && passing < 8',
  },
  {
    name: 'takes-half-a-body-for-the-end',
    bug: 'takes an answer that is no JSON for the end of the job',
    from: `  } catch {
    return undefined;
  }
}

/** Retry-After`,
    to: `  } catch {
    return { status: 'DONE' };
  }
}

/** Retry-After`,
  },
  {
    name: 'follows-no-link',
    bug: 'looks for the result under the id of the job, and not where the link leads',
    from: 'await readResult(end, subject.value, encounter.value)',
    to: 'await readResult({ links: [{ href: "/" + job.id }] }, subject.value, encounter.value)',
  },
  {
    name: 'schedules-again-at-401',
    bug: 'schedules the job once more when a poll is refused with 401',
    from: "  say('401: going on with a new token');",
    to: `  if (method === 'GET') {
    token = newToken();
    await call('POST', '/patients/composition', await (await fetch(new URL('/__sandbox/examples/createComposition', BASE))).text());
    return { status: 401, text: 'scheduled again' };
  }
  say('401: going on with a new token');`,
  },
];

/** Writes a mutant below a folder. @returns its file */
export async function writeMutant({ name, from, to }, folder) {
  const text = await readFile(EXAMPLE, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${name}: the example has changed`);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.mjs`);
  await writeFile(
    file,
    text.replace(from, () => to),
  );
  return file;
}
