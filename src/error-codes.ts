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
  FILE_ALIAS: {
    title: 'An alias of YAML stands where a value is read.',
    next: 'Write the value out.',
  },
  FILE_KEY_IS_NO_TEXT: {
    title: 'A key of a mapping is a list or a mapping.',
    next: 'Make it a text, a number or true/false.',
  },
  FILE_KEY_TWICE: {
    title: 'A mapping has the same key twice.',
    next: 'Leave one of the two out.',
  },
  FILE_NONE_FOUND: {
    title: 'There is no file to check at the path that was named.',
    next: 'Name a `.yaml` file, or a folder that holds some.',
  },
  FILE_NOT_UTF8: {
    title: 'A file, or a part of it, is not written in UTF-8.',
    next: 'Save it as UTF-8; `iconv -f WINDOWS-1251 -t UTF-8` turns one into the other.',
  },
  FILE_NOT_YAML: {
    title: 'A file cannot be read as YAML.',
    next: 'Check the indentation, quotes and colons on the line that is named and the one above.',
  },
  FILE_TAG: {
    title: 'A value carries a tag of another language.',
    next: 'Leave the tag out: values are plain YAML 1.2.',
  },
  FILE_TOO_DEEP: {
    title: 'A file is nested deeper than any document needs.',
    next: 'Check that it is the right file.',
  },
  FILE_TOO_LARGE: {
    title: 'A file or a mapping in it is larger than any that people write.',
    next: 'Check that it is the right file.',
  },
  BINDING_IDS_DO_NOT_SUIT: {
    title: 'The contract does not take the ids that jobs would get.',
    next: 'Say with `ids` of `report` how jobs are named.',
  },
  BINDING_MISSING_KEY: {
    title: 'A binding lacks a key that it needs.',
    next: 'Add the key; the reference of the binding says what it holds.',
  },
  BINDING_MISSING_OUTCOME: {
    title: 'No state of a binding has an outcome that jobs need.',
    next: 'Give a state the outcome `open`, and another one `done`.',
  },
  BINDING_UNKNOWN_ERROR: {
    title: 'A binding names an error that it does not list.',
    next: 'Name a key of its `errors`.',
  },
  BINDING_UNKNOWN_KEY: {
    title: 'A binding has a key that nobody reads.',
    next: 'Correct it to the key that is meant, or leave it out.',
  },
  BINDING_UNKNOWN_OPERATION: {
    title: 'A binding names an operation that the contract does not have.',
    next: 'Name an operationId of the contract.',
  },
  BINDING_UNKNOWN_OUTCOME: {
    title: "A state's outcome is none of open, done and failed.",
    next: 'Say what the state means for the job: open, done or failed.',
  },
  BINDING_UNKNOWN_PACK: {
    title: 'A binding names a pack that there is not.',
    next: 'Name a pack that comes with the package, or leave `pack` out.',
  },
  BINDING_UNKNOWN_PARAMETER: {
    title: 'A binding names a path parameter that the operation does not have.',
    next: 'Name a path parameter as the contract spells it.',
  },
  BINDING_UNKNOWN_PLACE: {
    title: 'A template of a binding has a name in braces that stands for nothing there.',
    next: 'Correct the name; braces of your own are written {{ and }}.',
  },
  BINDING_UNKNOWN_SCENARIO: {
    title: 'A binding names a scenario to be played unasked that no file has.',
    next: 'Name a scenario of its catalogue, or leave `scenario` out: jobs are then done after three seconds.',
  },
  BINDING_WRONG_TYPE: {
    title: 'A value of a binding is of the wrong type.',
    next: 'Write what the message asks for.',
  },
  BINDING_WRONG_VALUE: {
    title: 'A value of a binding cannot be.',
    next: 'Write what the message asks for.',
  },
  CONTRACT_NOT_OPENAPI: {
    title: 'The contract is not an OpenAPI document.',
    next: 'Name an OpenAPI 3 document: a mapping that starts with `openapi: 3.…`.',
  },
  CONTRACT_VERSION: {
    title: 'The contract is of an OpenAPI version that is not read.',
    next: 'Convert it to a version that the message names.',
  },
  CONTRACT_NO_PATHS: {
    title: 'The contract has no operation.',
    next: 'Give it `paths`.',
  },
  CONTRACT_TOO_DEEP: {
    title: 'The contract is nested deeper than it can be read.',
    next: 'Put schemas below components and refer to them.',
  },
  CONTRACT_UNKNOWN_REF: {
    title: 'A reference of the contract leads nowhere.',
    next: 'Correct the path of the $ref, or add what it names.',
  },
  CONTRACT_PATTERN: {
    title: 'A pattern of the contract cannot be run.',
    next: 'Write it without what the message names.',
  },
  SCENARIO_BREAKS_CONTRACT: {
    title: 'An answer of a scenario would break the contract.',
    next: 'Correct the answer, or mark it with `off_contract: true`.',
  },
  SCENARIO_EMPTY: {
    title: 'A list or a condition of a scenario holds nothing.',
    next: 'Fill it, or leave it out.',
  },
  SCENARIO_KEY_CONFLICT: {
    title: 'Two keys of a scenario exclude each other.',
    next: 'Leave one of the two out.',
  },
  SCENARIO_LAST_STEP_ENDS: {
    title: 'The last step of a life says how long it lasts, and nothing follows.',
    next: 'Leave `for` out, or add a step.',
  },
  SCENARIO_MISSING_KEY: {
    title: 'A scenario lacks a key that it needs.',
    next: 'Add the key that the message names.',
  },
  SCENARIO_NAME_TAKEN: {
    title: 'Two scenarios of one folder have the same name.',
    next: 'Give each scenario a name of its own.',
  },
  SCENARIO_NOTHING_MADE: {
    title: 'A life is done after it has failed, so that there is no result.',
    next: 'Leave it if that is what you want to test, else end the life with the failure.',
  },
  SCENARIO_SAME_WHEN: {
    title: 'Two scenarios are chosen by the same condition.',
    next: 'Give each its own condition; the message names both places.',
  },
  SCENARIO_STEP_ENDLESS: {
    title: 'A step before the last lasts for ever.',
    next: 'Say with `for` how long it lasts.',
  },
  SCENARIO_UNFILLED_PLACE: {
    title: 'A place in braces stands where nothing can fill it.',
    next: 'Write the value itself, or leave the key out.',
  },
  SCENARIO_UNKNOWN_ENVELOPE: {
    title: 'A scenario names an envelope that the binding does not have.',
    next: 'Name an envelope of the binding.',
  },
  SCENARIO_UNKNOWN_ERROR: {
    title: 'A scenario names an error code that the binding does not list.',
    next: 'Name a code of the binding, or give a message of your own.',
  },
  SCENARIO_UNKNOWN_FAULT: {
    title: 'A scenario names a fault that there is not.',
    next: 'Name one that `esoz-sandbox faults` lists.',
  },
  SCENARIO_UNKNOWN_FIELD: {
    title: 'A condition looks at a field that no request has.',
    next: 'Name a field of the request as the contract spells it.',
  },
  SCENARIO_UNKNOWN_KEY: {
    title: 'A scenario has a key that nobody reads.',
    next: 'Correct it to the key that is meant, or leave it out.',
  },
  SCENARIO_UNKNOWN_OPERATION: {
    title: 'A scenario names an operation that schedules no job.',
    next: "Name an operationId of the binding's `schedules`.",
  },
  SCENARIO_UNKNOWN_PLACE: {
    title: 'A body has a name in braces that stands for nothing.',
    next: 'Correct the name; braces of your own are written {{ and }}.',
  },
  SCENARIO_UNKNOWN_RULE: {
    title: 'A scenario gives a tolerance for a rule that there is not.',
    next: 'Name one that `esoz-sandbox rules` lists.',
  },
  SCENARIO_UNKNOWN_SHAPE: {
    title: 'A scenario names a shape that its state does not have.',
    next: 'Name a shape of that state.',
  },
  SCENARIO_UNKNOWN_STATE: {
    title: 'A scenario names a state that the binding does not know.',
    next: 'Name a state of the binding, or mark the step with `off_contract: true`.',
  },
  SCENARIO_WRONG_HEADER: {
    title: 'A header of an answer cannot be sent.',
    next: 'Write a name and a value as RFC 9110 §5 has them.',
  },
  SCENARIO_WRONG_TOLERANCE: {
    title: 'A tolerance is not what its rule counts in.',
    next: 'Write a duration, a number or off, as the message asks.',
  },
  SCENARIO_WRONG_TYPE: {
    title: 'A value of a scenario is of the wrong type.',
    next: 'Write what the message asks for.',
  },
  SCENARIO_WRONG_VALUE: {
    title: 'A value of a scenario cannot be.',
    next: 'Write what the message asks for.',
  },
  SUITE_EMPTY: {
    title: 'A suite lists no scenario.',
    next: 'List names of scenarios; `esoz-sandbox scenarios` shows them.',
  },
  SUITE_MISSING_KEY: {
    title: 'A suite lacks a key that it needs.',
    next: 'Add the key that the message names.',
  },
  SUITE_SCENARIO_TWICE: {
    title: 'A suite lists a scenario twice.',
    next: 'Leave one of the two out.',
  },
  SUITE_UNKNOWN_KEY: {
    title: 'A suite has a key that nobody reads.',
    next: 'Correct it to the key that is meant, or leave it out.',
  },
  SUITE_UNKNOWN_RULE: {
    title: 'A suite gives a tolerance for a rule that there is not.',
    next: 'Name one that `esoz-sandbox rules` lists.',
  },
  SUITE_UNKNOWN_SCENARIO: {
    title: 'A suite lists a scenario that there is not.',
    next: 'Name one that `esoz-sandbox scenarios` lists.',
  },
  SUITE_WRONG_TOLERANCE: {
    title: 'A tolerance is not what its rule counts in.',
    next: 'Write a duration, a number or off, as the message asks.',
  },
  SUITE_WRONG_TYPE: {
    title: 'A value of a suite is of the wrong type.',
    next: 'Write what the message asks for.',
  },
  SUITE_WRONG_VALUE: {
    title: 'A value of a suite cannot be.',
    next: 'Write what the message asks for.',
  },
} as const satisfies Record<string, ErrorCodeText>;

export type ErrorCode = keyof typeof ERROR_CODES;
