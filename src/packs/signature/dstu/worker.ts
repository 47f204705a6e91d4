import { parentPort } from 'node:worker_threads';
import { answer } from './question.js';
import type { ThreadAnswers, ThreadQuestions } from './thread.js';

parentPort?.on('message', ({ id, questions }: ThreadQuestions) => {
  const answers = questions.map(answer);
  parentPort?.postMessage({ id, answers } satisfies ThreadAnswers);
});
