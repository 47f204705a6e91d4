import type { FaultName } from '../faults/index.js';
import type { CauseKind } from './cause-table.js';
import type { JobVerdict, Mark } from './verdict.js';

/** Answers that say all there is to say, in a form that some clients cannot read. */
const FORMS: Partial<Record<FaultName, { title: string; advice: string }>> = {
  bom: {
    title: 'Read an answer that begins with a byte order mark',
    advice: 'leave out U+FEFF at the beginning of a body before you parse it (RFC 8259 §8.1)',
  },
  interim: {
    title: 'Pass over an interim answer (103), and read the one behind it',
    advice: 'take a status 1xx as no answer yet, and read on (RFC 9110 §15.2)',
  },
  'duplicate-keys': {
    title: 'Read an answer in which a key stands twice',
    advice: 'let the last of two equal keys count, as most parsers do (RFC 8259 §4)',
  },
  'wrong-content-type': {
    title: 'Read an answer whose Content-Type is wrong',
    advice: 'parse a body that is JSON, whatever Content-Type says',
  },
  'huge-body': {
    title: 'Read an answer that is very long',
    advice: 'set the greatest length of a body far above the usual one',
  },
  'eta-epoch': {
    title: 'Outlive an eta that is a number',
    advice: 'go by a pause of your own where eta cannot be read, and poll on',
  },
  'eta-missing': {
    title: 'Outlive an answer without an eta',
    advice: 'go by a pause of your own where no eta stands, and poll on',
  },
  'eta-null': {
    title: 'Outlive an eta that is null',
    advice: 'go by a pause of your own where eta is null, and poll on',
  },
  'eta-without-zone': {
    title: 'Outlive an eta without a time zone',
    advice: 'take it as UTC, or go by a pause of your own, and poll on',
  },
  'eta-local': {
    title: 'Read an eta that is told in another time zone',
    advice: 'parse eta as RFC 3339 with its offset, never by its hours alone',
  },
};

/** A client that stops, or asks for the same again, right after such an answer has not read it. */
export const UNREAD_ANSWERS: readonly CauseKind[] = Object.entries(FORMS).map(
  ([fault, { title, advice }]) => ({
    id: `cannot-read-${fault}`,
    title,
    advice,
    shows: [
      ...['survives-a-blip', 'tolerates-unknown-status', 'reaches-the-end'],
      ...[
        'reads-the-result: never read',
        'no-duplicate-submission',
        'expect.submissions',
        'expect.reaches_end: the client never',
      ],
      ...['expect.result_read: the result', 'expect.polls.at_least', 'expect.polls.at_most'],
      'only-known-jobs',
    ],
    explains: [
      ...['reaches-the-end', 'reads-the-result', 'expect.', 'gives-up', 'stops-when-final'],
      'stops-on-404',
    ],
    about: (job) => isUnread(job, fault),
  }),
);

function isUnread({ submission, polls }: JobVerdict, fault: string): boolean {
  const marks = [submission, ...polls];
  return marks.some((mark, i) => mark.fault === fault && (i === marks.length - 1 || isLost(mark)));
}

/** The journal's reader has found that the client went on as if it had not come. */
function isLost({ reply }: Mark): boolean {
  return reply === 'unreadable';
}
