import { parentPort, workerData } from 'node:worker_threads';
import { loadLenient } from '../load/load-setup.js';
import type { ServedFiles } from '../load/pack-description.js';
import { Authoring } from './authoring.js';
import type { ThreadAnswer, ThreadQuestion } from './lint-thread.js';

/** What is served, read once: whoever asks ends the thread when it has changed. */
const authoring = loadLenient(workerData as ServedFiles).then(
  ({ setup }) => new Authoring(() => setup.apis, workerData as ServedFiles),
);

parentPort?.on('message', async ({ id, question }: ThreadQuestion) => {
  const answer = await authoring
    .then((one) => one.lintHere(question))
    .then(
      (report) => ({ id, report }),
      (error: Error) => ({ id, failed: error.message }),
    );
  parentPort?.postMessage(answer satisfies ThreadAnswer);
});
