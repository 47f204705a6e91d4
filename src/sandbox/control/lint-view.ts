/** A text to be looked at. */
export interface Linted {
  yaml: string;
  /** In the words of this API; left out: of that in which it has the fewest mistakes. */
  api?: string;
  /** Of the scenario that it is the new text of. */
  name?: string;
  /** Whose answers are shown. */
  operation?: string;
}

/** What is wrong with a text, and what its steps answer. */
export interface LintReport {
  /** Where it lies, or would. */
  file: string;
  /** In whose words it was read. */
  api: string;
  /** Undefined: it has mistakes. */
  name?: string;
  errors: number;
  /** The first ones. */
  problems: LintProblem[];
  /** None where there are mistakes. */
  answers: AnswerPreview[];
  /** Where it would be saved, and the hash of what stands there; or why it cannot be. */
  saves: { file: string; hash: string | null } | { code: string; message: string };
}

/** Something that is wrong in a text. */
export interface LintProblem {
  code: string;
  severity: 'error' | 'warning';
  file: string;
  /** From 1; 0: of the whole file. */
  line: number;
  column: number;
  message: string;
  /** What to do. */
  hint?: string;
}

/** An answer as it will be sent. */
export interface AnswerPreview {
  /** From 1; left out: it is the answer to the request that schedules. */
  step?: number;
  operation: string;
  /** Line of the step. */
  line: number;
  /** The step in words. */
  says?: string;
  /** How long after the scheduling the first poll of it comes, in milliseconds, for a client that waits as it is told. */
  after: number;
  /** 0: no answer is sent. */
  status: number;
  headers: Record<string, string>;
  body: string;
  /** The body is longer. */
  cut?: true;
  fault?: { name: string; title: string };
  /** It may break the contract, on purpose. */
  off_contract?: true;
  /** What the contract has against it. */
  breaches: { at: string; description: string }[];
}
