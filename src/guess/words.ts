import type { Outcome } from '../outcome.js';

/** `inProgress`, `IN-PROGRESS` and `in progress` are one word. */
export function plainWord(word: string): string {
  return word
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/** What a state's name says of the job. The order counts: `processing_failed` is a failure. */
const MEANINGS: readonly (readonly [Outcome, RegExp])[] = [
  ['cancelled', /cancell?ed$/],
  [
    'failed',
    /^(fail|failed|failure|failing|error|errored|errors|aborted|rejected|expired|timed_?out|timeout|terminated|killed|stopped|revoked|denied|declined|invalid|abandoned|withdrawn|incomplete|crashed|dead|preempted|skipped|discarded|lost|interrupted|unsuccessful)$|_(failed|failure|error|errored|rejected|expired|aborted)$|^(failed|error|failure)_/,
  ],
  [
    'done',
    /^(done|complete|completed|succeed|succeeded|success|successful|successfully|finish|finished|ended|processed|fulfilled|generated|exported|imported|ok|passed)$|_(complete|completed|succeeded|success|finished|done)$|^(completed|success|succeeded|finished|partial|partially)_/,
  ],
  [
    'open',
    /^(queued|enqueued|in_queue|in_process|pending|in_?progress|not_?started|running|started|start|created|new|accepted|submitted|scheduled|received|requested|initiated|execution|on_hold|held|paused|blocked|deferred|delayed|suspended|requires_action|working)$|^(pending|awaiting|waiting|queued)_|_(pending|queued|requested|in_progress)$|^(?!.*(existing|missing|warning|nothing)$)[a-z]+ing(_.*)?$/,
  ],
];

/** Words of an end only where no surer one is there: a file is `ready`, a machine `active`. */
const PERHAPS_DONE =
  /^(ready|available|active|live|deployed|online|published|closed|resolved|approved|delivered)$/;

/** Open states that only something at work has: `draft`, `open` and `created` belong to any document. */
const AT_WORK =
  /^(queued|enqueued|in_queue|in_process|in_?progress|not_?started|pending|accepted|submitted|scheduled|started|working)$|ing$/;

/** The values of a status, sorted by what they mean; each list in the order of the contract. */
export interface SortedWords {
  open: string[];
  done: string[];
  failed: string[];
  cancelled: string[];
  /** What no word list knows. */
  unsure: string[];
  /** Its words of an end are such as any document has: `active`, `available`. */
  vague: boolean;
}

/** @example sortWords(['JOB_QUEUED', 'JOB_READY', 'JOB_ODD']) // open: JOB_QUEUED, done: JOB_READY, unsure: JOB_ODD */
export function sortWords(words: readonly string[]): SortedWords {
  const sorted: SortedWords = {
    open: [],
    done: [],
    failed: [],
    cancelled: [],
    unsure: [],
    vague: false,
  };
  const common = commonStart(words.map(plainWord));
  const perhaps: string[] = [];
  for (const word of words) {
    const bare = plainWord(word).slice(common.length);
    const [meaning] = MEANINGS.find(([, form]) => form.test(bare)) ?? [];
    if (meaning) sorted[meaning].push(word);
    else if (PERHAPS_DONE.test(bare)) perhaps.push(word);
    else sorted.unsure.push(word);
  }
  if (sorted.done.length > 0) return { ...sorted, unsure: [...sorted.unsure, ...perhaps] };
  return { ...sorted, done: perhaps, vague: perhaps.every((word) => !/ready$/i.test(word)) };
}

/** `job_state_` of three words and more that all begin with it. */
function commonStart(words: readonly string[]): string {
  const [first = ''] = words;
  if (words.length < 3) return '';
  const ends = [...first.matchAll(/_/g)].map(({ index }) => index + 1).reverse();
  const end = ends.find((length) => words.every((word) => word.startsWith(first.slice(0, length))));
  return first.slice(0, end ?? 0);
}

/** Are these the states of something that is at work and comes to an end, rather than of any document? */
export function isLifeOfJob({ open, done, failed, cancelled, unsure }: SortedWords): boolean {
  const known = open.length + done.length + failed.length + cancelled.length;
  const atWork = open.some((word) => AT_WORK.test(plainWord(word).replace(/^.*_state_/, '')));
  return atWork && done.length > 0 && known / (known + unsure.length) >= 0.6;
}

/** Names of fields, in the form of {@link plainWord}. */
export const FIELDS = {
  status: /(^|_)(status|state|phase|stage|progress)$/,
  eta: /^(eta|.*_eta|estimated_(completion|end|finish|ready|done)(_(time|date|at|on))?|expected_(at|completion|end|finish)(_(time|date|at))?|ready_at|next_poll_at|poll_at)$/,
  wait: /^(retry_after|poll_after|poll_interval|polling_interval|poll_in|poll_delay|next_poll_in|retry_in|retry_interval|retry_delay|check_after|check_in)(_(in_)?(ms|millis|milliseconds|s|sec|secs|seconds))?$/,
  percent:
    /^(percent|percentage|progress|.*_percent|percent_.*|.*_percentage|progress_.*|.*_progress)$/,
  error:
    /^(error|errors|last_error|failure|failures|failure_reason|error_(?!.*(id|ids|url|at|count)$).*|.*_error|reason|status_reason|failure_message|fail_reason)$/,
  result:
    /^(result|results|output|outputs|response|.*_result|.*_results|result_.*|.*_output|output_.*|download_url|download_link|.*_output_.*)$/,
  link: /(^|_)(status|poll|polling|monitor|operation|job|task|track|tracking|location|self)_?(url|uri|link|href)$/,
  done: /^(is_)?(done|finished|complete|completed)$/,
} as const;

/** Words of a path, a tag or an operationId that speak of jobs. */
export const JOB_WORD =
  /(^|_)(job|jobs|operation|operations|task|tasks|run|runs|batch|batches|async|export|exports|import|imports|execution|executions|report_run|report_runs|monitor|monitors|queue)(_|$)/;
