import { FAULTS, type FaultName } from '../../faults/index.js';
import { nearest } from '../../problem.js';
import type { FormatDocument, Path } from '../document.js';
import { ANSWER_KEYS, faultsByMeasure } from './answer-conditions.js';
import { type AnswerFile, HEADER_NAME, HEADER_VALUE } from './answer-file.js';

/**
 * What the keys of an answer ask of each other.
 * @param state whether a state stands behind it, which a fault can damage
 */
export function checkAnswer(
  document: FormatDocument,
  answer: AnswerFile,
  path: Path,
  state: boolean,
): void {
  const { fault } = answer;
  // A fault that nobody knows is mistake enough.
  if (fault === undefined && document.has([...path, 'fault'])) return;
  checkMeasures(document, path, fault);
  const kind = fault && FAULTS[fault];
  if (fault && kind?.answer !== 'damaged') {
    refuseWhatIsUnsaid(document, path, fault);
    checkOwnStatus(document, answer, path);
    return;
  }
  const says = ANSWER_KEYS.some((key) => document.has([...path, key]));
  if (fault && state && !says) return;
  if (!document.has([...path, 'http'])) {
    const hint =
      fault && !state
        ? 'say which answer is damaged, for example http: 503'
        : 'give it a status, for example http: 503';
    document.wrong(path, 'SCENARIO_MISSING_KEY', 'the answer has no "http"', hint);
  }
  checkHeaders(document, answer, [...path, 'headers']);
}

function checkMeasures(document: FormatDocument, path: Path, fault: FaultName | undefined): void {
  for (const [key, faults] of faultsByMeasure()) {
    const at = [...path, key];
    if (!document.has(at) || (fault && faults.includes(fault))) continue;
    const hint = `it measures ${faults.join(', ')}`;
    document.wrong(at, 'SCENARIO_KEY_CONFLICT', `"${key}" is not for this answer`, hint);
  }
}

/** Keys that cannot stand beside a fault that leaves nothing to be said. */
function refuseWhatIsUnsaid(document: FormatDocument, path: Path, fault: FaultName): void {
  const { answer } = FAULTS[fault];
  for (const key of ANSWER_KEYS) {
    const at = [...path, key];
    if (!document.has(at) || (answer === 'own' && key === 'http')) continue;
    const hint =
      answer === 'none'
        ? 'leave it out: with this fault nothing is answered'
        : 'leave it out: this fault brings an answer of its own';
    const message = `"${key}" cannot stand beside "fault: ${fault}"`;
    document.wrong(at, 'SCENARIO_KEY_CONFLICT', message, hint);
  }
}

/** An answer that the fault makes up has one of the statuses that it can have. */
function checkOwnStatus(document: FormatDocument, { fault, http }: AnswerFile, path: Path): void {
  const at = [...path, 'http'];
  const { statuses = [] } = fault ? FAULTS[fault] : {};
  if (http === undefined || statuses.length === 0 || statuses.includes(http)) return;
  const [first = 0, last = first] = [statuses[0], statuses.at(-1)];
  const hint =
    last - first === statuses.length - 1
      ? `from ${first} to ${last}`
      : nearest(String(http), statuses.map(String));
  const message = `"fault: ${fault}" cannot have the status ${http}`;
  document.wrong(at, 'SCENARIO_WRONG_VALUE', message, hint);
}

/** That headers can be sent, and are not those that the sandbox writes. */
export function checkHeaders(
  document: FormatDocument,
  { headers = {} }: Pick<AnswerFile, 'headers'>,
  path: Path,
): void {
  for (const [name, value] of Object.entries(headers)) {
    const wrong = (message: string, hint: string) =>
      document.wrongKey([...path, name], 'SCENARIO_WRONG_HEADER', message, hint);
    if (value === null) wrong(`the header "${name}" has no value`, 'write "" for an empty one');
    if (/^(content-length|transfer-encoding)$/i.test(name)) {
      wrong(`"${name}" is written by the sandbox`, 'leave it out: it follows from the body');
    }
    if (!new RegExp(HEADER_NAME).test(name) || !new RegExp(HEADER_VALUE).test(String(value))) {
      const hint = 'RFC 9110 §5.1: letters, digits, dashes; printable ASCII values';
      wrong(`"${name}" cannot be sent as a header`, hint);
    }
  }
}
