import { createHash } from 'node:crypto';
import { type Answer, answer, type Question } from './dstu/question.js';
import { askThread } from './dstu/thread.js';
import { type Opened, openContainer } from './open-container.js';

/** 1.2.804.2.1.1.1.1, of all algorithms of Ukraine, as it stands in a container. */
const DSTU = Buffer.from('2a86240201010101', 'hex');

/** Containers whose answers are kept: a hundred bytes each, and a job is judged long after it was scheduled. */
const MOST = 10_000;

/** What has been computed of containers, by their SHA-256, signature by signature. */
const answers = new Map<string, readonly Answer[]>();

/**
 * Lets a thread compute the signatures of DSTU 4145 in a container, which would hold everybody else up, so that it
 * can be opened at once. Undefined: there is nothing to compute.
 */
export function verifyAhead(bytes: Buffer): Promise<void> | undefined {
  if (!bytes.includes(DSTU)) return undefined;
  const key = keyOf(bytes);
  if (answers.has(key)) return undefined;
  const questions: Question[] = [];
  openContainer(bytes, (question) => {
    questions.push(question);
    return 'good';
  });
  if (questions.length === 0) return undefined;
  return askThread(questions).then(
    (found) => keep(key, found),
    // Then they are computed when the container is opened.
    () => {},
  );
}

/** Opens a container; what has not been computed ahead is computed now. */
export function open(bytes: Buffer): Opened | string {
  let known: readonly Answer[] | undefined;
  const given: Answer[] = [];
  const opened = openContainer(bytes, (question) => {
    known ??= answers.get(keyOf(bytes)) ?? [];
    const found = known[given.length] ?? answer(question);
    given.push(found);
    return found;
  });
  if (known && known.length < given.length) keep(keyOf(bytes), given);
  return opened;
}

/** The oldest goes for one more than {@link MOST}. */
function keep(key: string, found: readonly Answer[]): void {
  const [oldest] = answers.keys();
  if (answers.size >= MOST && oldest !== undefined) answers.delete(oldest);
  answers.set(key, found);
}

function keyOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}
