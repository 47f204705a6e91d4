import { EVERY_RULE, TOLERANCES } from '../../audit/rules/index.js';
import { editorSchema } from '../../formats/editor-schema.js';
import type { ApiWords } from '../../formats/editor-words.js';
import { ScenarioFile } from '../../formats/scenario/scenario-file.js';
import type { Api } from '../../sandbox/api.js';
import { vocabularyOf } from '../../sandbox/binding-words.js';

/** The schema of scenario files in the words of an API, as editors use it. */
export function scenarioSchema(api: Pick<Api, 'binding' | 'contract'>): Record<string, unknown> {
  return editorSchema(ScenarioFile, apiWords(api));
}

/** The words of an API, and of the auditor, with a text for each. */
export function apiWords({ binding, contract }: Pick<Api, 'binding' | 'contract'>): ApiWords {
  const words = vocabularyOf(binding, contract, TOLERANCES);
  const { operations, refuses, states, envelopes, errors } = words;
  const named = [...operations, ...(refuses ?? [])];
  const summaries = named.map((id) => [id, contract.operations.get(id)?.summary ?? '']);
  return {
    of: 'one',
    operations: Object.fromEntries(summaries),
    states: Object.fromEntries(states),
    envelopes,
    scheduled: [...new Set([...(words.scheduled?.values() ?? [])].flat())],
    errors: Object.fromEntries([...errors].map(([key, { text }]) => [key, text])),
    rules: Object.fromEntries(
      EVERY_RULE.map(({ name, title, allowance }) => [
        name,
        { title, kind: allowance?.kind ?? 'none' },
      ]),
    ),
  };
}
