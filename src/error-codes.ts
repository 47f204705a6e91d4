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
  FILE_HAS_MISTAKES: {
    title: 'A file cannot be used for what is wrong in it.',
    next: 'Correct each place that the message lists; `problems` of the error has them with their own codes.',
  },
  STUB_MALFORMED: {
    title: 'What stands in front of the body of a stub cannot be read.',
    next: 'Write `status` and `headers` between two lines of ---, or leave both lines out.',
  },
  STUB_TAKEN: {
    title: 'Two files of a folder of stubs answer the same method and path.',
    next: 'Leave one of the two out.',
  },
  STUB_NOT_JSON: {
    title: 'The body of a stub whose name ends in .json is no JSON.',
    next: 'Mend it, unless that is what you want to test: it is sent as it stands.',
  },
  STUB_NEVER_ASKED: {
    title: 'A stub is for a path that a contract has, so it is never asked.',
    next: 'Leave it out; a scenario or the contract says what is answered there.',
  },
  UPSTREAM_UNREACHABLE: {
    title: 'The system behind --upstream gave no answer that could be passed back.',
    next: 'Check that it runs and that its address is right; the message has the reason.',
  },
  UPSTREAM_SILENT: {
    title: 'The system behind --upstream has not answered in time.',
    next: 'Check that it runs, and that nothing between here and there holds requests up.',
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
    title:
      'An alias of YAML cannot be followed: nothing above it has its name, or it stands inside of what it names.',
    next: 'Write `&NAME` in front of the value that `*NAME` is to stand for, above it; or write the value out.',
  },
  FILE_MERGE: {
    title: 'What a merge key, `<<`, names is no mapping.',
    next: 'Name a mapping, `<<: *NAME`, or a list of some: `<<: [*NAME, *OTHER]`.',
  },
  FILE_KEY_IS_NO_TEXT: {
    title: 'A key of a mapping is a list or a mapping.',
    next: 'Make it a text, a number or true/false.',
  },
  FILE_CHANGED_BY_HAND: {
    title: 'A file that would be overwritten is not what `init` has written.',
    next: 'Move it away, or run `init` without --yes at a keyboard and answer for each file.',
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
  BINDING_BREAKS_CONTRACT: {
    title: 'An answer that a binding gives by itself is none that the contract allows.',
    next: 'Mend the place that is named as the message says; the server goes on, and refuses to send that answer.',
    example:
      'binding.yaml:9:3: the answer is wrapped in the envelope `data`, and getJob documents none (write `bare: true` beside `data`, or `envelopes: { plain: "{data}" }` for all answers) [BINDING_BREAKS_CONTRACT]',
  },
  BINDING_FEW_IDS: {
    title: 'The form of ids of a binding allows few of them, so that jobs run out of ids.',
    next: 'Let `ids` allow more characters, or count: `integers from 1`.',
  },
  BINDING_TELLS_CREDENTIAL: {
    title: 'A template of a binding tells a credential of the request.',
    next: 'Leave the place out, or write a text of your own.',
  },
  BINDING_IDS_DO_NOT_SUIT: {
    title: 'The contract does not take the ids that jobs would get.',
    next: 'Say with `ids` of `report` how jobs are named.',
  },
  BINDING_ANSWER_OFF_CONTRACT: {
    title: 'What a binding answers for an operation is none of the answers of the contract.',
    next: 'Mend `http`, `data` or `bare` at the place that is named; without `data` the contract or the report says it.',
  },
  BINDING_KEY_CONFLICT: {
    title: 'Two keys of a binding exclude each other.',
    next: 'Leave out the one that is not meant.',
  },
  BINDING_UNKNOWN_EVENT: {
    title: 'A webhook of the binding is for something that no job can come to.',
    next: 'Name scheduled, open, done, failed, cancelled, or a state of the binding.',
  },
  BINDING_UNKNOWN_CALLBACK: {
    title:
      'A webhook of the binding names a callback that no scheduling operation of the document has.',
    next: 'Take a name that stands under `callbacks` of the operation, or say with `to` where the webhook goes.',
  },
  BINDING_CALLBACK_BREAKS_CONTRACT: {
    title:
      'What a webhook of the binding would send is not what the document says of its callback.',
    next: 'Correct `data` of the webhook at the place that the message names.',
  },
  BINDING_MISSING_KEY: {
    title: 'A binding lacks a key that it needs.',
    next: 'Add the key; the reference of the binding says what it holds.',
  },
  BINDING_MISSING_OUTCOME: {
    title: 'No state of a binding has an outcome that jobs need.',
    next: 'Give a state the outcome `open`, and another one `done`; where jobs can be cancelled, one `cancelled`.',
  },
  BINDING_OPERATION_TWICE: {
    title: 'A binding names one operation for two things, or in two kinds of jobs.',
    next: 'Leave it out of one of the two: a request can be answered in one way.',
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
  BINDING_UNKNOWN_FIELD: {
    title: 'A binding names a field that the answers of the contract do not have.',
    next: 'Name a field as the contract spells it.',
  },
  BINDING_RESOURCE_NOT_SHOWN: {
    title: 'An operation that is to show resources has no JSON answer in which they could stand.',
    next: 'Say where they stand, or leave the operation out: then the example of the contract is answered.',
  },
  BINDING_UNKNOWN_OUTCOME: {
    title: "A state's outcome is none of open, done, failed and cancelled.",
    next: 'Say what the state means for the job: open, done, failed or cancelled.',
  },
  BINDING_UNKNOWN_ETA: {
    title: "A binding's `eta` is neither promise nor hint.",
    next: 'Write hint where the platform does not keep its etas; else leave it out.',
  },
  BINDING_HINT_NEVER_TOLD: {
    title: 'No answer of a binding has the word that its `poll_hint` names.',
    next: 'Write it into the answers that tell when to come back, or mend the place that `poll_hint` names.',
  },
  BINDING_UNKNOWN_RESULT: {
    title: "A binding's `result` is none of inline, link and resource.",
    next: 'Say where the result of a job is.',
  },
  BINDING_UNKNOWN_PACK: {
    title: 'A binding names a pack that there is not.',
    next: 'Name a pack that comes with the package, or leave `pack` out.',
  },
  BINDING_UNKNOWN_PARAMETER: {
    title: 'A binding names a parameter or a field that the operation does not have.',
    next: 'Name it as the contract spells it.',
  },
  BINDING_UNKNOWN_PLACE: {
    title: 'A template of a binding has a name in braces that stands for nothing there.',
    next: 'Correct the name; braces of your own are written {{ and }}.',
  },
  BINDING_UNKNOWN_SETTING: {
    title: "A binding's etas are to go by a setting that its pack does not have.",
    next: 'Name a number that the pack declares under `settings`, or leave `setting` out.',
  },
  BINDING_UNKNOWN_SCENARIO: {
    title: 'A binding names a scenario to be played unasked that no file has.',
    next: 'Name a scenario of its catalogue, or leave `scenario` out: jobs are then done after three seconds.',
  },
  BINDING_UNKNOWN_STATE: {
    title: 'A binding names a state that it does not list.',
    next: 'Name a key of its `states`.',
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
    next: 'Give it `paths`; a document of webhooks alone is served, and answers nothing.',
  },
  CONTRACT_TOO_DEEP: {
    title: 'The contract is nested deeper than it can be read.',
    next: 'Put schemas below components and refer to them.',
  },
  CONTRACT_HALF_SIGN: {
    title: 'A name in the contract has half of a sign in it.',
    next: 'Write the sign itself in place of its escape, or both halves (`\\uD83D\\uDE00`).',
  },
  CONTRACT_UNKNOWN_REF: {
    title: 'A reference of the contract leads nowhere.',
    next: 'Correct the path of the $ref, or add what it names.',
  },
  CONTRACT_REMOTE_REF: {
    title: 'A reference of the contract leads to an address in the network.',
    next: 'Bundle the document into one file with the command that the message names, and serve that one.',
  },
  CONTRACT_PATTERN: {
    title: 'A pattern of the contract cannot be run.',
    next: 'Write it without what the message names; until then nothing is held to it.',
  },
  CONTRACT_OLD_WORD: {
    title: 'A schema of the contract uses a word as an earlier version of OpenAPI has it.',
    next: 'Write it as the message says, or leave it: it is read as meant.',
  },
  CONTRACT_SCHEMA_VALUE: {
    title: 'A word of a schema has a value that it cannot have.',
    next: 'Write what the message names; until then it is read as meant, or nothing is held to it, as the message says.',
  },
  CONTRACT_CLOSED_PART: {
    title: 'Parts of a schema of the contract shut out what other parts of it name.',
    next: 'Leave `additionalProperties: false` out of the parts, or leave it: the parts are read together.',
  },
  CONTRACT_SAME_FORMS: {
    title:
      'A form of a `oneOf` of the contract includes another, so that nothing can fit that one alone.',
    next: 'Write `anyOf`, or leave it: it is read so.',
  },
  CONTRACT_ENDLESS_SCHEMA: {
    title: 'A schema of the contract includes itself.',
    next: 'Put what both schemas share into one of its own, and refer to that.',
  },
  CONTRACT_PATH: {
    title: 'A path of the contract does not begin with a slash.',
    next: 'Put a slash in front of it; it is served as if there were one.',
  },
  CONTRACT_PATH_UNREACHABLE: {
    title: 'A path of the contract is one that no request can have.',
    next: 'Leave the query out of the path, and describe it by parameters.',
  },
  CONTRACT_SAME_PATH: {
    title: 'Two paths of the contract differ in the names of their parameters alone.',
    next: 'Put their operations below one path; until then the first answers whose parameters a request fits.',
  },
  CONTRACT_PARAMETER: {
    title: 'A path of the contract has no place for one of its parameters.',
    next: 'Write the parameter into the path, or leave it out; until then no request is asked for it.',
  },
  CONTRACT_NO_ANSWER: {
    title: 'An operation of the contract has no answer but an interim one, such as 101.',
    next: 'Describe what its client gets in the end; until then it gets 501.',
  },
  CONTRACT_UNCHECKED: {
    title: 'The contract says something that requests and answers are not held to.',
    next: 'Nothing has to be done; check by yourself what the message names.',
  },
  CONTRACT_SAME_OPERATION_ID: {
    title: 'Two operations of the contract bear the same operationId.',
    next: 'Give each its own; until then the first bears it, and the others go by method and path.',
  },
  CONTRACT_METHOD: {
    title: 'An operation of the contract has a method that no request can have.',
    next: 'Use one of those that the message names.',
  },
  CONTRACT_EXAMPLE: {
    title: 'An example of the contract breaks the schema that it stands beside.',
    next: 'Correct the example, or the schema.',
  },
  CONTRACT_PATH_TAKEN: {
    title: 'Two APIs at one address have the same path, so one of them is never asked there.',
    next: 'Name the document first whose operation is to answer, or give one of them `prefixes` of its own in its binding.',
    example:
      'b.yaml:7:3: warning: a.yaml:12:3 comes first and answers GET /orders/{id}: here they are never asked (name the document first that is to answer, or give one of them prefixes of its own in its binding) [CONTRACT_PATH_TAKEN]',
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
  SCENARIO_NO_SUCH_STEP: {
    title: 'A scenario says that a good client meets a step that its life does not have.',
    next: 'Number the steps of the life from 1.',
  },
  SCENARIO_NAME_TAKEN: {
    title: 'Two scenarios of one folder have the same name.',
    next: 'Give each scenario a name of its own.',
  },
  SCENARIO_NAME_DIFFERS: {
    title: 'A scenario is to be saved under another name than its text gives.',
    next: 'Give both the same name: `scenario:` of the text, and the one in the address.',
  },
  SCENARIO_NOT_SAVED: {
    title: 'A scenario with mistakes is to be saved.',
    next: 'Mend it first: the message names the first mistake, `POST /__sandbox/lint` all of them.',
  },
  SCENARIO_NOT_PLAYED: {
    title: 'The text of a scenario that is to be queued has mistakes.',
    next: 'Mend it first: the message names the first mistake, `POST /__sandbox/lint` all of them.',
  },
  SCENARIO_NO_FOLDER: {
    title: 'A scenario is to be saved, and the sandbox has no folder for it.',
    next: 'Start it with --scenarios FOLDER, or download the file.',
  },
  SCENARIO_FOLDER_PACKAGED: {
    title: "A scenario is to be saved into the package's own catalogue.",
    next: 'Name a folder of your own with --scenarios.',
  },
  SCENARIO_FOLDER_READ_ONLY: {
    title: 'A scenario is to be saved where the sandbox may not write.',
    next: 'Let it write there, or download the file.',
  },
  SCENARIO_OUTSIDE_FOLDER: {
    title: 'A scenario is to be saved through a link that leads out of the folder.',
    next: 'Replace the link by a file.',
  },
  SCENARIO_FILE_EXISTS: {
    title: 'A new scenario is to be saved where there is a file already.',
    next: 'Take another name, or read the file first and send its `hash` as `over`.',
  },
  SCENARIO_FILE_CHANGED: {
    title: 'The file of a scenario has changed since it was read.',
    next: 'Read it again, or save under another name.',
  },
  SCENARIO_TOO_LONG: {
    title: 'The text of a scenario is longer than what the control API plays, saves or checks.',
    next: 'Check it by `esoz-sandbox lint`, and serve it with --scenarios.',
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
  SCENARIO_UNKNOWN_TOKEN_EVENT: {
    title: 'A step names something that happens to no token.',
    next: 'Write expires, revoked or lacks-scope; the message names the nearest one.',
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
    title: 'A scenario names a shape that its state, or the scheduling answer, does not have.',
    next: 'Name a shape that the binding has there.',
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
  SUITE_STEP_TWICE: {
    title: 'Two steps of a process have one name.',
    next: 'Give each step a name of its own: others refer to it.',
  },
  SUITE_UNKNOWN_FIELD: {
    title: 'A step of a process looks at a field that its operation does not have.',
    next: 'Take the field that the message names.',
  },
  SUITE_UNKNOWN_KEY: {
    title: 'A suite has a key that nobody reads.',
    next: 'Correct it to the key that is meant, or leave it out.',
  },
  SUITE_UNKNOWN_OPERATION: {
    title: 'A step of a process names an operation that the contract does not have.',
    next: 'Take the operationId that the message names.',
  },
  SUITE_UNKNOWN_PLACE: {
    title: 'What stands in braces is no place of an earlier step.',
    next: 'Write {STEP.PART.FIELD} with a step above that is not optional, and one of the parts that the message names.',
  },
  SUITE_UNKNOWN_RULE: {
    title: 'A suite gives a tolerance for a rule that there is not.',
    next: 'Name one that `esoz-sandbox rules` lists.',
  },
  SUITE_UNKNOWN_SCENARIO: {
    title: 'A suite lists a scenario that there is not.',
    next: 'Name one that `esoz-sandbox scenarios` lists.',
  },
  SUITE_UNKNOWN_SETTING: {
    title: 'A suite sets what the pack has no setting for.',
    next: 'Take the name that the message tells.',
  },
  SUITE_UNKNOWN_STEP: {
    title: 'A step of a process refers to one that does not stand above it.',
    next: 'Name a step that stands above, or move this one down.',
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
  BASELINE_EMPTY: {
    title: 'An entry of a baseline names no scenario.',
    next: 'Name those in which it has shown, or write the file anew with --write-baseline.',
  },
  BASELINE_MISSING_KEY: {
    title: 'A baseline lacks a key that it needs.',
    next: 'Add the key that the message names.',
  },
  BASELINE_TWICE: {
    title: 'A baseline has two entries for one thing.',
    next: 'Leave one of them out, and list the scenarios of both in the other.',
  },
  BASELINE_UNKNOWN_CAUSE: {
    title: 'A baseline names a cause that this version does not find.',
    next: 'Correct it to the id that a report names, or write the file anew with --write-baseline.',
  },
  BASELINE_UNKNOWN_KEY: {
    title: 'A baseline has a key that nobody reads.',
    next: 'Correct it to the key that is meant, or leave it out.',
  },
  BASELINE_WRONG_TYPE: {
    title: 'A value of a baseline is of the wrong type.',
    next: 'Write what the message asks for.',
  },
  BASELINE_WRONG_VALUE: {
    title: 'A value of a baseline cannot be.',
    next: 'Write what the message asks for.',
  },
  TEAMS_EMPTY: {
    title: 'A file of teams names none.',
    next: 'Name at least one: `- team: NAME`.',
  },
  TEAMS_MISSING_KEY: {
    title: 'A team lacks a key that it needs.',
    next: 'Add the key that the message names.',
  },
  TEAMS_TOKEN: {
    title: 'A team has no token, or two ways to find it.',
    next: 'Write `token_from` with the name of a variable of the environment, or `token`.',
  },
  TEAMS_TWICE: {
    title: 'Two teams have the same name, token or port.',
    next: 'Give each team its own.',
  },
  TEAMS_UNKNOWN_KEY: {
    title: 'A file of teams has a key that nobody reads.',
    next: 'Correct it to the key that is meant, or leave it out.',
  },
  TEAMS_WRONG_TYPE: {
    title: 'A value of a file of teams is of the wrong type.',
    next: 'Write what the message asks for.',
  },
  TEAMS_WRONG_VALUE: {
    title: 'A value of a file of teams cannot be.',
    next: 'Write what the message asks for.',
  },
  PROFILE_CHANGED: {
    title: 'The hash of a profile is not that of its content: it was changed after it was frozen.',
    next: 'Take the content back, or freeze it anew under another name with `esoz-sandbox profile freeze`.',
    example:
      'profiles/ours-2026.1/profile.yaml:5:7: the content of the profile has the hash sha256:9b2c… (take the content back, or freeze it anew under another name) [PROFILE_CHANGED]',
  },
  PROFILE_MISSING_KEY: {
    title: 'A profile lacks a key that it needs.',
    next: 'Add the key that the message names.',
  },
  PROFILE_UNKNOWN_KEY: {
    title: 'A profile has a key that nobody reads.',
    next: 'Correct it to the key that is meant, or leave it out.',
  },
  PROFILE_UNKNOWN_RULE: {
    title: 'A profile names a rule that this version does not have.',
    next: 'Use the version of the program that it was frozen with, or a newer profile.',
  },
  PROFILE_UNKNOWN_SCENARIO: {
    title: 'A profile lists a scenario of which its folder has no file.',
    next: 'Take the file back, or freeze the profile anew under another name.',
  },
  PROFILE_WRONG_TOLERANCE: {
    title:
      'A tolerance of a profile is neither a duration, a number, on nor off, as its rule asks for.',
    next: 'Write what the message asks for.',
  },
  PROFILE_WRONG_TYPE: {
    title: 'A value of a profile is of the wrong type.',
    next: 'Write what the message asks for.',
  },
  PROFILE_WRONG_VALUE: {
    title: 'A value of a profile cannot be.',
    next: 'Write what the message asks for.',
  },
  USAGE_UNKNOWN_PROFILE: {
    title: 'There is no profile of that name or in that folder.',
    next: 'Take the name that the message proposes, or list them with `esoz-sandbox profile list`.',
  },
  REPORT_UNREADABLE: {
    title: 'A file is no JSON report of `exec` or `verdict`.',
    next: 'Write one with --report json=FILE.',
  },
  HAR_UNREADABLE: {
    title: 'A file is no HAR.',
    next: 'Export it as HAR 1.2 with content, from a browser or a proxy.',
  },
  ATTEST_KEY_UNREADABLE: {
    title: 'A key cannot be read, or is not one for Ed25519.',
    next: 'Make a pair with `esoz-sandbox attest --new-key FILE`; FILE signs, FILE.pub checks.',
  },
  ATTEST_NOTHING_TO_SAY: {
    title:
      'A report lacks what a statement is made of: it is not one of `exec`, or nothing was played.',
    next: 'Write it with `exec --report json=FILE` of this version.',
  },
  ATTEST_UNREADABLE: {
    title: 'A file is no signed statement of `attest`.',
    next: 'Check that it is the file that `attest` has printed, whole and as it was.',
  },
  ATTEST_WRONG_KEY: {
    title: 'A statement was signed by another key than the one that it is checked with.',
    next: 'Ask who has signed it for their public key; the message names both by their thumbprints.',
  },
  ATTEST_CHANGED: {
    title: 'A statement is not what was signed: it was changed afterwards.',
    next: 'Trust nothing of it, and ask for it anew.',
  },
  USAGE_NO_TEAMS: {
    title: 'The file of --teams cannot be read.',
    next: 'Give the path of a YAML file that you may read.',
  },
  USAGE_TEAM_TOKEN: {
    title:
      'The variable that is to hold the token of a team is empty, or two teams have one token.',
    next: 'Set the variable that the message names where the sandbox is started, to a secret of its own.',
  },
  USAGE_NO_STEPS: {
    title: 'A session cannot be held to a suite that has no steps.',
    next: 'Choose a suite by process: `esoz-sandbox suites` tells how many steps each has.',
    example:
      'the suite polling-basics has no steps; choose one that does: esoz-sandbox suites [USAGE_NO_STEPS]',
  },
  USAGE_UNKNOWN_SCENARIO: {
    title: 'No scenario has the name that was given.',
    next: 'Take a name that `esoz-sandbox scenarios` lists, with `--suite` one of that suite; the message names the nearest one.',
    example:
      'unknown scenario "done-after-eat"; did you mean done-after-eta? [USAGE_UNKNOWN_SCENARIO]',
  },
  USAGE_UNKNOWN_GROUP: {
    title: 'No scenario is in the group that was given.',
    next: 'Take one of the groups that the message lists.',
  },
  USAGE_UNKNOWN_SUITE: {
    title: 'No suite has the name that was given.',
    next: 'Take a name that `esoz-sandbox suites` lists, or the path of a file that ends in .yaml.',
  },
  USAGE_UNKNOWN_PACK: {
    title: 'No pack has the name, or no folder the path, that was given.',
    next: 'Take a pack that the message names; a folder of your own begins with a dot or holds a slash: `--pack ./my-api`.',
    example: 'unknown pack "composition"; did you mean compositions? [USAGE_UNKNOWN_PACK]',
  },
  USAGE_UNKNOWN_ENVELOPE: {
    title: 'The binding has no such envelope.',
    next: "Take one of the binding's `envelopes`, or bare.",
  },
  USAGE_UNKNOWN_RULE: {
    title: 'No rule of the auditor has the name that was given.',
    next: 'Take a name that `esoz-sandbox rules` lists; the message names the nearest one.',
  },
  USAGE_WRONG_TOLERANCE: {
    title: 'A tolerance is not written as its rule takes it.',
    next: 'Write RULE=VALUE with a length of time, a whole number or off, as the message says: `eta-respected=1s`.',
  },
  USAGE_WRONG_COMMAND_LINE: {
    title:
      'A command line names a command, an option or an argument that there is not, or leaves one out.',
    next: 'Read the options with --help behind the command.',
  },
  USAGE_WRONG_OPTION: {
    title: 'An option has a value that it cannot have.',
    next: 'Write the value as the message shows it.',
  },
  USAGE_OPTION_CONFLICT: {
    title: 'Two options exclude each other, or one lacks another that it belongs to.',
    next: 'Leave one of them out, or add the one that is missing.',
  },
  USAGE_NO_SCENARIOS: {
    title: 'A folder of scenarios for several APIs holds no folder for any of them.',
    next: 'Put the scenarios of each API into a folder of its name there.',
  },
  USAGE_WRONG_PORT: {
    title: 'The port is not a number from 0 to 65535.',
    next: 'Give a number from 1 to 65535, or 0 for a free port.',
  },
  USAGE_WRONG_URL: {
    title: 'What was given is not the URL of a server.',
    next: 'Write scheme, host and port, such as http://127.0.0.1:4010, without credentials.',
  },
  USAGE_WRONG_PROXY: {
    title: 'A variable such as HTTPS_PROXY names a proxy that cannot be spoken to.',
    next: 'Write http://host:port, with name:password@ in front of the host if it asks for them, or except the upstream by NO_PROXY.',
  },
  USAGE_TOKEN_NEEDED: {
    title: 'The sandbox would listen on an address that others reach, and anybody could steer it.',
    next: 'Give it a secret with --control-token or ESOZ_CONTROL_TOKEN, or leave --host out.',
  },
  USAGE_CANNOT_LISTEN: {
    title:
      'The address cannot be listened on: it is taken, not allowed, or not one of this machine.',
    next: 'Choose another --port or --host; port 0 picks a free one.',
    example:
      'cannot listen on 127.0.0.1:4010 (EADDRINUSE); choose another --port, or 0 for a free one [USAGE_CANNOT_LISTEN]',
  },
  USAGE_TLS_UNUSABLE: {
    title:
      'Key or certificate for https cannot be used, or a folder for made ones cannot be written.',
    next: 'Do what the message names: another file, the passphrase in ESOZ_TLS_PASSPHRASE, or --tls-folder.',
    example:
      'cannot read key.pem (ENOENT); name a file in PEM that you may read [USAGE_TLS_UNUSABLE]',
  },
  USAGE_NO_COMMAND: {
    title: 'No command of the client was given to `exec`.',
    next: 'Put it behind two dashes: `esoz-sandbox exec -- npm test`.',
  },
  USAGE_UNKNOWN_RUN: {
    title: 'An agent asks for a run of a suite that is not remembered.',
    next: 'Take a name that the message proposes, or let it call run_suite again: the last twenty runs are remembered.',
  },
  USAGE_UNKNOWN_CAUSE: {
    title: 'An agent asks for a cause that was not found there.',
    next: 'Take the name that the message proposes, or let it call list_causes.',
  },
  USAGE_CANNOT_START: {
    title: "The client's command cannot be started.",
    next: 'Check its name or path, and that it may be executed.',
  },
  USAGE_CANNOT_WRITE: {
    title: 'A report or a recording cannot be written where it is to go.',
    next: 'Name a file or a folder that you may write to.',
  },
  USAGE_NO_SANDBOX: {
    title: 'No sandbox answers at the URL that was given.',
    next: 'Start one with `esoz-sandbox serve`, and give the URL that it prints.',
  },
  USAGE_NO_VERDICT: {
    title: 'The sandbox refuses to give the verdict.',
    next: "Do as its own words in the message say: often the session's name is misspelt, or a token is missing.",
  },
  USAGE_NO_DEMO: {
    title: 'There is no demo of this API.',
    next: 'Start it with `esoz-sandbox serve` instead.',
  },
  USAGE_NO_JOBS: {
    title: 'Nothing in the document looks like a job.',
    next: 'Say in a binding which operations schedule and report jobs; `esoz-sandbox init` writes one to start from.',
  },
  USAGE_NOBODY_TO_ASK: {
    title: 'Files are there already, and no keyboard is there to ask about them.',
    next: 'Give --yes: it overwrites what `init` itself has written and nobody has changed.',
  },
  USAGE_UNKNOWN_OPERATION: {
    title: 'An operation that is named is none that schedules jobs, or none of the document.',
    next: 'Name an operationId; the message has the nearest one.',
  },
  USAGE_NO_SESSION: {
    title: 'A matcher for Vitest was given something that is not a session of a sandbox.',
    next: 'Pass the fixture `sandbox`, or a session of `startSandbox`.',
  },
  FAST_OTHER_SYSTEM: {
    title: 'A client can be played in fast time on Linux alone.',
    next: 'Run `exec --fast` on Linux or in a container of it; elsewhere everything is played at true time.',
  },
  FAST_NO_LIBRARY: {
    title: 'The library libfaketime, by which a client is played in fast time, was not found.',
    next: 'Install it (`apt-get install faketime`), or name its `libfaketimeMT.so.1` in `ESOZ_FAKETIME_LIB`. Everything is played at true time.',
  },
  FAST_OUT_OF_REACH: {
    title: 'The client is a program that no library can be loaded before, or runs elsewhere.',
    next: 'Leave `--fast` out: static programs, Go programs and containers are played at true time.',
  },
  FAST_NOT_KEPT: {
    title: 'The library libfaketime does not take the time that it is given on this machine.',
    next: 'Name another version of it in `ESOZ_FAKETIME_LIB`. Everything is played at true time.',
  },
  FAST_LIBRARY_TOO_OLD: {
    title: 'A runtime waits in ways that this version of libfaketime does not know.',
    next: 'Name a newer one in `ESOZ_FAKETIME_LIB`; Python needs 0.9.11. Everything is played at true time.',
  },
  FAST_TOO_BUSY: {
    title: 'A request takes too long on this machine for any rate.',
    next: 'End what keeps the machine busy, or ask for a low rate: `--fast 2`. Everything is played at true time.',
  },
  FAST_LONG_TIMEOUTS: {
    title: 'Time-outs of requests run longer in fast time than they should.',
    next: 'Nothing has to be done: scenarios with late answers are played at true time.',
  },
  FAST_UNPROBED: {
    title: 'How a program waits could not be tried before the run.',
    next: 'Nothing has to be done: a run that stands still is played again at true time.',
  },
  CLOCK_UNKNOWN_MODE: {
    title: 'There is no such mode of a clock.',
    next: 'Give real, fast, paced or manual.',
  },
  CLOCK_WRONG_PACE: {
    title: 'A pace is outside of its limits.',
    next: 'Give a number from 0.001 to 1000000; 60 makes a minute a second.',
  },
  CLOCK_WRONG_MOMENT: {
    title: 'The moment that a clock is to show is not a date-time, or too far away.',
    next: 'Give an RFC 3339 date-time in the years 0001 to 8999, such as 2026-01-31T08:00:00Z.',
  },
  CLOCK_PACE_WITHOUT_MODE: {
    title: 'A pace is given for a clock that is not paced.',
    next: 'Give the mode paced with it, or leave the pace out.',
  },
  CLOCK_WRONG_RATE: {
    title: 'A fast clock is given no rate, or one outside of its limits.',
    next: 'Give a number from 1 to 1000; 20 lets 20 seconds go by in one.',
  },
  CLOCK_RATE_WITHOUT_MODE: {
    title: 'A rate is given for a clock that is not fast.',
    next: 'Give the mode fast with it, or leave the rate out.',
  },
  CLOCK_MOMENT_WITHOUT_MODE: {
    title: 'A moment is given for a clock that is not manual.',
    next: 'Give the mode manual with it, or leave the moment out.',
  },
  CLOCK_WRONG_LENGTH: {
    title: 'The length by which a clock is to be moved is not one, or is negative.',
    next: 'Write a number and a unit, such as 500ms, 3s or 10min.',
  },
  CLOCK_WOULD_GO_BACK: {
    title: 'The clock of a session in use would go back.',
    next: 'Delete the session first, or take a new one.',
  },
  CLOCK_MOVES_BY_ITSELF: {
    title: 'Only a manual clock is moved by hand.',
    next: "Set the session's clock to the mode manual first.",
  },
  SESSION_NOT_READY: {
    title: 'A session that lies in the store has not been read yet.',
    next: 'Ask again in a moment; in a program, await `sandbox.open(name)` first.',
  },
  SESSION_NEWER: {
    title: 'A session was kept by a newer version of the sandbox.',
    next: 'Open it with that version; nothing of it has been changed.',
  },
  SESSION_UNSERVED_API: {
    title: 'A session that lies in the store has jobs of an API that is not served now.',
    next: 'Serve the same packs and bindings as before, or delete the session.',
  },
  STORE_WRONG_OPTION: {
    title: 'Where sessions are to be kept is not told in a way that can be read.',
    next: 'Give memory, file:FOLDER, or file:FOLDER?durability=fast.',
  },
  CLOCK_TOO_LATE: {
    title: 'The clock would pass the last moment that it can show.',
    next: 'Delete the session to start anew.',
  },
  CHAOS_WRONG_RATE: {
    title: 'The rate of a chaos is not a share.',
    next: 'Give a number from 0 to 1; 0.1 is a tenth of the answers.',
  },
  CHAOS_WRONG_SEED: {
    title: 'The seed of a chaos is not a whole number.',
    next: 'Give a whole number; the same one brings the same faults.',
  },
  CHAOS_NO_FAULTS: {
    title: "The list of a chaos's faults is empty.",
    next: 'Name some faults, or leave the list out.',
  },
  CHAOS_UNKNOWN_FAULT: {
    title: 'No fault has the name that was given.',
    next: 'Take a name that `esoz-sandbox faults` lists; the message names the nearest one.',
  },
  CHAOS_UNKNOWN_OPERATION: {
    title: 'The contract has no operation of the name that a chaos is limited to.',
    next: 'Take an operationId of the contract; the message names the nearest one.',
  },
  SETTING_UNKNOWN: {
    title: 'The pack has no setting of this name.',
    next: 'Take a name of `docs/reference/business-rules.md`; the message names the nearest one.',
  },
  SETTING_WRONG_VALUE: {
    title: 'A setting of the pack has a value that it cannot have.',
    next: 'Give a value of the form that the message names.',
  },
  SETTING_WRONG_RULES: {
    title: 'Business rules are either on or off.',
    next: 'Give on or off.',
  },
  SETTING_WRONG_AUTH: {
    title: 'Tokens are either looked at or not.',
    next: 'Give open or strict.',
  },
  SETTING_NO_TOKENS: {
    title: 'Tokens are to be looked at, and nothing that is served hands out any.',
    next: 'Serve a platform (`--pack esoz`), or a pack beside it that hands out tokens; else leave auth open.',
  },
  TOKEN_NONE_BROUGHT: {
    title: 'A token is to end, and no request is there that has brought one.',
    next: 'Let the client send a request that asks for one first, or give its `headers`.',
  },
  SETTING_WRONG_QUOTA: {
    title: 'A quota is no number of requests.',
    next: 'Give a whole number from 1: so many requests a minute of each operation.',
  },
  QUEUE_WRONG_TIMES: {
    title: 'A scenario is to be queued for a number of jobs that is not a whole one from 1.',
    next: 'Give a whole number from 1, or leave `times` out for one job.',
  },
  QUEUE_WRONG_OPERATION: {
    title: 'A scenario is queued for an operation that schedules no job.',
    next: 'Take an operation that the binding names under `schedules`; the message names the nearest one.',
  },
  QUEUE_WRONG_SCENARIO: {
    title: 'A scenario is queued for an operation that it is not for.',
    next: 'Take a scenario for that operation, or one of the operations that the message names.',
  },
  HUNT_ENGINE_MISSING: {
    title: 'A hunt needs a library that is not installed.',
    next: 'Install fast-check beside the sandbox.',
    example:
      'hunt needs the package fast-check, which is not installed; install it beside the sandbox: npm install fast-check@4 [HUNT_ENGINE_MISSING]',
  },
  HUNT_NOTHING_TO_DRAW: {
    title: 'No life can be drawn for the jobs of an API.',
    next: 'Let the binding name a state in which a job goes on and one in which it is done, or play its scenarios with `exec`.',
  },
  STORE_ENGINE_MISSING: {
    title:
      'A store in a folder needs an embedded database that is not installed, or not for this platform.',
    next: 'Install classic-level beside the sandbox, or keep the store in memory.',
    example:
      'a store in a folder needs the package classic-level, which is not installed; install it beside the sandbox: npm install classic-level@3 [STORE_ENGINE_MISSING]',
  },
  STORE_NOT_A_FOLDER: {
    title: 'What is named as the folder of a store is something else.',
    next: 'Name a folder; one that is not there is made.',
  },
  STORE_FOREIGN: {
    title: 'The folder that is named for a store holds something else.',
    next: 'Name an empty folder, or one that is not there yet.',
  },
  STORE_NEWER: {
    title: 'The store was written by a newer version of the sandbox.',
    next: 'Open it with that version, or name another folder; nothing in it has been changed.',
  },
  STORE_LOCKED: {
    title: 'Another process has the store open, or this one has already.',
    next: 'Stop what has it open, or name another folder.',
  },
  STORE_READ_ONLY: {
    title: 'The folder of the store cannot be written to.',
    next: 'Let the user that the sandbox runs as write there, or name another folder.',
  },
  STORE_DAMAGED: {
    title: 'What the folder of the store holds cannot be read.',
    next: 'Take its copy out of the backup, or name another folder; the message has the reason.',
  },
  STORE_FULL: {
    title: 'The disk of the store has no room.',
    next: 'Free some megabytes: the sandbox goes on by itself, and what was answered before is kept.',
  },
  STORE_UNAVAILABLE: {
    title: 'The store cannot be reached.',
    next: 'Look after its disk: the sandbox goes on by itself as soon as it can.',
  },
  SESSION_WRONG_NAME: {
    title: "A session's name has characters that cannot stand in a URL, or too many.",
    next: 'Take 1 to 64 letters, digits, dots, dashes or underscores; the first is a letter or a digit.',
  },
  SESSION_UNKNOWN: {
    title: 'There is no session of this name, and reading begins none.',
    next: "Correct the name, or let the client's first request or a PUT of the session begin it.",
  },
  SESSION_TOO_MANY: {
    title: 'As many sessions are open as the server allows, and none can give way.',
    next: 'Delete sessions that are no longer needed, or raise --keep-sessions.',
  },
  SESSION_NO_SUCH_EXCHANGE: {
    title:
      'A session is asked for as it stood after an exchange that it does not have, or no longer.',
    next: 'Give the number of an exchange that the message allows.',
  },
  SESSION_IN_USE: {
    title: 'A file or a branch would take the place of a session that is in use.',
    next: 'Take another name, or say that it is to be replaced: ?replace=true, --replace.',
  },
  SESSION_READ_ONLY: {
    title: 'A file is opened to be looked at, and nothing in it can be changed.',
    next: 'Load it into a running sandbox, `esoz-sandbox session load FILE`, to go on from it.',
  },
  SESSION_FILE_BROKEN: {
    title: 'What is given as a file of a session is none, or is not whole.',
    next: 'Save the session again, and copy the file as it is.',
  },
  SESSION_FILE_NEWER: {
    title: 'The file of a session was made by a newer version of the sandbox.',
    next: 'Open it with a version that is at least as new as the one that the message names.',
  },
  SESSION_FILE_TOO_LARGE: {
    title: 'The file of a session is larger than what is read, or unfolds to more.',
    next: 'Keep a shorter journal with --keep-journal, and save again.',
  },
  SESSION_FILE_UNSERVED: {
    title: 'The API that a file was made with is not where it was.',
    next: 'Say where it is: --pack FOLDER, or --spec FILE and --binding FILE.',
  },
  JOB_UNKNOWN: {
    title: 'The session has no job of this id.',
    next: "List the session's jobs; the job may be in another session, or no longer kept.",
  },
  JOB_NOT_WAITING: {
    title: 'The job is not in a step that lasts until it is released.',
    next: 'Release it when its step waits; `waits_for_release` of the job says so.',
  },
  JOB_WRONG_STEP: {
    title: 'A job is to be played a step that cannot be played by hand.',
    next: 'Give it a state or an answer, as in the life of a scenario.',
  },
  RESOURCE_NONE_KEPT: {
    title: 'The API has neither a pack nor resources of its binding, so none are kept.',
    next: 'Name them under `resources` of the binding, or give your pack a behaviour.js that keeps them.',
  },
  RESOURCE_WRONG_DOCUMENT: {
    title: 'Neither the pack nor the resources of the binding can keep this document.',
    next: 'Add or correct what the message names.',
  },
  REQUEST_UNKNOWN_PATH: {
    title: 'The contract has no path like the one that was asked for.',
    next: 'Take the path that the message names, or one that `GET /__sandbox/health` lists.',
  },
  REQUEST_UNKNOWN_RESOURCE: {
    title: 'The session has no resource of this id.',
    next: 'Take the id from an answer of this session; what a job makes is there only once it is done.',
  },
  REQUEST_PRECONDITION_FAILED: {
    title: 'The resource is in another state than the condition of the request names.',
    next: 'Read it again, and send the ETag of that answer in If-Match.',
  },
  REQUEST_RESOURCE_EXISTS: {
    title: 'The session has a resource of this id already.',
    next: 'Give another id, leave it out, or change the one that is there.',
  },
  REQUEST_PATCH_FAILS: {
    title: 'A patch cannot be applied to the resource as it is.',
    next: 'Read the resource, and correct the place that the message names.',
  },
  REQUEST_WRONG_METHOD: {
    title: 'The contract has the path, but not with this method.',
    next: 'Take a method that the header Allow lists.',
  },
  REQUEST_CREDENTIAL_MISSING: {
    title: 'The request lacks a credential that the contract asks for.',
    next: 'Send the header, cookie or parameter that the message names; any value will do.',
  },
  REQUEST_BREAKS_CONTRACT: {
    title: 'A parameter or the body of the request does not keep the contract.',
    next: 'Correct the places that the answer names.',
  },
  REQUEST_BODY_UNREADABLE: {
    title: 'The body of the request cannot be read as what it says it is.',
    next: 'Send what the header Content-Type names; JSON in UTF-8.',
  },
  REQUEST_MEDIA_TYPE: {
    title: 'The operation takes no body of this media type or encoding.',
    next: 'Send one of the types that the message lists.',
  },
  REQUEST_TOO_LARGE: {
    title: 'The body of the request is longer than the sandbox reads.',
    next: 'Send less at a time.',
  },
  REQUEST_NOT_ACCEPTABLE: {
    title: 'The contract has no answer of a media type that the header Accept asks for.',
    next: 'Ask for one of the types that the message lists.',
  },
  REQUEST_PREFERS_UNKNOWN: {
    title: 'The header Prefer asks for an answer or an example that the contract does not have.',
    next: 'Name a status or an example as the contract has it: `Prefer: code=404`, `Prefer: example=NAME`.',
  },
  REQUEST_JOB_DELETED: {
    title: 'The job of a request was deleted.',
    next: 'Stop asking for it: it does not come back.',
  },
  REQUEST_JOB_ENDED: {
    title: 'The job that a request would cancel is at its end already.',
    next: 'Ask for its state: it cannot be cancelled any more.',
  },
  REQUEST_JOB_EXPIRED: {
    title: 'The job of a request was known for a time that is over.',
    next: 'Schedule it anew; read results before they expire.',
  },
  REQUEST_JOB_OPEN: {
    title: 'The job that a request would delete is still open.',
    next: 'Wait for its end, or cancel it first.',
  },
  REQUEST_RESULT_NOT_THERE: {
    title: 'The result of a request is not there in the state that its job is in.',
    next: 'Poll the job, and read its result once it is done.',
  },
  REQUEST_UNKNOWN_CURSOR: {
    title: 'A list is to begin or end at something that is none of the list.',
    next: 'Name an id of the page before, with the same filters.',
  },
  REQUEST_IDEMPOTENCY_KEY_REUSED: {
    title: 'The idempotency key has come with another request before.',
    next: 'Take a new key for a new request, and the same key only to send the same request again.',
  },
  REQUEST_IDEMPOTENCY_IN_PROGRESS: {
    title: 'The same request has come before, and its job is still open.',
    next: 'Wait for the end of that job; the message names it.',
  },
  REQUEST_UNKNOWN_JOB: {
    title: 'The session of the request has no job of this id.',
    next: 'Ask for the id that the scheduling answer gave, in the same session.',
  },
  REQUEST_WRONG_PARENT: {
    title: 'The path names another parent than the one below which the job was scheduled.',
    next: 'Take the parent from the request that scheduled the job; the message names the parameter.',
  },
  REQUEST_NAMES_NO_JOB: {
    title: 'The request that asks for a job does not name one.',
    next: 'Send the id of the job where the message says.',
  },
  REQUEST_ID_TAKEN: {
    title: 'The id that a scheduling request chooses is that of a job which is there.',
    next: 'Choose another id, or ask for the job that has it.',
  },
  REQUEST_IDS_USED_UP: {
    title: 'No id is left for another job.',
    next: 'Let `ids` of the binding allow more of them, or begin a new session.',
  },
  REQUEST_UNKNOWN_SCENARIO: {
    title: 'The header X-Sandbox-Scenario names no scenario that this operation can play.',
    next: 'Take a name that `esoz-sandbox scenarios` lists; the message names the nearest one.',
  },
  ANSWER_BREAKS_CONTRACT: {
    title: 'The sandbox has no answer that the contract allows.',
    next: 'Correct the place of the contract, binding or scenario that the message names.',
  },
  SANDBOX_FAILED: {
    title: 'The sandbox itself has failed while it answered; this is a fault of its own.',
    next: 'Report it, with what stands on stderr.',
  },
  CONTROL_UNKNOWN_PATH: {
    title: 'The control API has no such path.',
    next: 'Take one of the paths that the message lists, below /__sandbox.',
  },
  CONTROL_WRONG_METHOD: {
    title: 'The path of the control API does not take this method.',
    next: 'Take a method that the header Allow lists.',
  },
  CONTROL_WRONG_TOKEN: {
    title: 'The token that was given to sign in is not the one that the server was started with.',
    next: 'Give the secret of `--control-token`, or of `ESOZ_CONTROL_TOKEN`, as it stands there.',
  },
  CONTROL_TOKEN_MISSING: {
    title: 'The control API asks for a token, and the request brings none or another one.',
    next: 'Send the secret of --control-token as `Authorization: Bearer …` or X-Sandbox-Token.',
  },
  CONTROL_FOREIGN_HOST: {
    title: "The control API was asked by a host name that is not this machine's.",
    next: 'Ask it by localhost or 127.0.0.1, or start the sandbox with --control-token.',
  },
  CONTROL_FOREIGN_CALLER: {
    title:
      'The control API was called from another machine, by way of a proxy, and the sandbox has no token.',
    next: 'Start the sandbox with `--control-token`, or call it from this machine.',
  },
  CONTROL_FOREIGN_PAGE: {
    title: 'A web page of another site asks for the control API.',
    next: "Start the sandbox with --control-token, or allow the page's origin with --cors.",
  },
  CONTROL_BREAKS_CONTRACT: {
    title: 'The request does not keep the contract of the control API.',
    next: 'Correct the places that `error.invalid` lists.',
  },
  CONTROL_BODY_UNREADABLE: {
    title:
      'The body of the request cannot be read: it is not JSON, cut short, or in an unknown encoding.',
    next: 'Send JSON in UTF-8.',
  },
  CONTROL_BODY_TOO_LARGE: {
    title: 'The body of the request is longer than 1 MiB.',
    next: 'Send less at a time.',
  },
  CONTROL_NOT_ACCEPTABLE: {
    title: 'A verdict does not come in the form that the header Accept asks for.',
    next: 'Ask for one of the media types that the message lists, or name the form with `?format=`.',
  },
  CONTROL_UNKNOWN_OPERATION: {
    title: 'The contract has no operation of this name.',
    next: 'Take an operationId that `GET /__sandbox/health` lists; the message names the nearest one.',
  },
  CONTROL_UNKNOWN_API: {
    title: 'No API of this name is served.',
    next: 'Take a name that `GET /__sandbox/health` lists, or leave it out.',
  },
  CONTROL_UNKNOWN_CONTRACT: {
    title: 'No contract of this name is served.',
    next: 'Take one of `GET /__sandbox/contracts`; `control` is that of the control API.',
  },
  BOARD_CONTRACT_NOT_SHOWN: {
    title: 'The viewer of the page cannot show a document.',
    next: 'Read the document as it is served, at the link above it, or open it in another viewer.',
  },
  CONTROL_NO_EXAMPLE: {
    title: 'The contract gives no example of a body for this operation.',
    next: 'Add an example to the OpenAPI document, or write a body of your own.',
  },
  TEAM_UNKNOWN: {
    title: 'The sandbox is shared by teams, and the request names none of them.',
    next: 'Put the name of your team in front of the path: /@TEAM/…, or take the port of the team.',
  },
  TEAM_TOO_MANY_REQUESTS: {
    title: 'A team makes more requests in a second than it may.',
    next: 'Ask again after Retry-After, or raise `requests_per_second` in the file of --teams.',
  },
  CONTROL_METRICS_MISSING: {
    title:
      'Figures for Prometheus were asked for, and the library that writes them is not installed.',
    next: 'Install it beside the sandbox: `npm install prom-client@15`.',
  },
  CONTROL_FAILED: {
    title: 'The sandbox itself has failed; this is a fault of its own.',
    next: 'Report it, with what stands on stderr.',
  },
} as const satisfies Record<string, ErrorCodeText>;

export type ErrorCode = keyof typeof ERROR_CODES;
