/** What a code stands for. */
interface ErrorCodeText {
  /** What is wrong, in one plain sentence. */
  title: string;
  /** What to do next, in one plain sentence. */
  next: string;
  /** A message that carries it, as a person sees it. */
  example?: string;
}

/**
 * Every mistake that a person can meet, by its stable code; the reference page of errors is written from it.
 * A code that has been released keeps its name and its meaning.
 */
export const ERROR_CODES = {
  FILE_UNREADABLE: {
    title: 'A file that was named cannot be read.',
    next: 'Check the path, and that you may read it.',
  },
  PACK_PART_MISSING: {
    title: 'A folder that is named as a pack lacks its OpenAPI document or its binding.',
    next: 'Add openapi.yaml (or .yml, .json) and binding.yaml to the folder.',
  },
  PACK_NAME_DIFFERS: {
    title: 'The binding of a pack folder names another pack than the behaviour beside it.',
    next: 'Leave `pack` out of the binding: behaviour.js is found by itself.',
  },
  PACK_BEHAVIOUR_UNREADABLE: {
    title: 'The behaviour.js of a pack folder cannot be imported.',
    next: 'Run `node behaviour.js` in the folder and mend what it reports.',
  },
  PACK_BEHAVIOUR_MALFORMED: {
    title: 'What the behaviour.js of a pack folder exports is not a pack.',
    next: 'Export one object as default, the result of definePack, with the parts that the message names.',
  },
  PACK_BEHAVIOUR_FAILED: {
    title: 'A function of the pack threw an error while a scenario was played.',
    next: 'Mend the function: for a request that it does not like, it returns a refusal or an error.',
  },
  PACK_UNKNOWN_OPERATION: {
    title: 'The pack answers an operation that the contract does not have.',
    next: 'Name the keys of `reads` after operationIds of the contract.',
  },
  PACK_ANSWER_OFF_CONTRACT: {
    title: 'An answer that was given while a scenario was played breaks the contract.',
    next: 'Mend what makes the answer: the binding, the scenario or the behaviour; or mark the step with off_contract: true.',
  },
} as const satisfies Record<string, ErrorCodeText>;

export type ErrorCode = keyof typeof ERROR_CODES;
