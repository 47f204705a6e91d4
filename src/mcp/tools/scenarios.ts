import { z } from 'zod';
import type { AnswerPreview, LintReport } from '../../sandbox/control/lint-view.js';
import type { ScenarioSummary } from '../../sandbox/control/scenario-views.js';
import type { VocabularyView } from '../../sandbox/control/vocabulary-view.js';
import type { Access } from '../access.js';
import { cut, pageOf } from '../paging.js';
import { cursor, limit, type Tool, tool } from '../tool.js';

const yaml = z.string().max(100_000).describe('the text of a scenario file');

/** Looking up, drafting and checking scenarios. */
export function scenarioTools({ ask }: Access): Tool[] {
  const lint = async (text: string) =>
    shown((await ask('POST', '/lint', { json: { yaml: text } })) as LintReport);
  return [
    tool({
      name: 'list_scenarios',
      title: 'Scenarios that can be played',
      description: 'Names and what each puts a client to the test in.',
      input: {
        query: z.string().optional().describe('only those in whose name, title or group it stands'),
        cursor,
        limit: limit(20, 100),
      },
      async call({ query = '', cursor: from, limit: most }) {
        const { scenarios } = (await ask('GET', '/scenarios')) as { scenarios: ScenarioSummary[] };
        const wanted = query.toLowerCase();
        const found = scenarios
          .map(({ name, title, group }) => ({ name, title, group }))
          .filter((one) => Object.values(one).join(' ').toLowerCase().includes(wanted));
        return pageOf(found, from, most);
      },
    }),
    tool({
      name: 'read_scenario',
      title: 'One scenario',
      description: 'Its life step by step, what a good client does with it, and its text.',
      input: { name: z.string() },
      call: ({ name }) => ask('GET', `/scenarios/${encodeURIComponent(name)}`),
    }),
    tool({
      name: 'draft_scenario',
      title: 'Write a new scenario',
      description:
        'Makes the text of a scenario file of name, purpose and steps, and checks it. Steps are as the file has them: {state: STATE, for: 3s}, {answer: {http: 503}, for: 2 polls, off_contract: true}, {answer: {fault: empty-reply}, for: 1 poll}, {state: STATE, error: {code: CODE}}, with states and codes of the API. With mistakes, the words that may stand there come along. Nothing is saved.',
      input: {
        name: z.string().describe('small letters, digits and dashes'),
        title: z.string(),
        about: z.string().describe('what it teaches, in one sentence'),
        steps: z.array(z.record(z.string(), z.unknown())).min(1).max(50),
        operations: z.array(z.string()).optional().describe('only for these; default: all'),
        expect: z
          .record(z.string(), z.unknown())
          .optional()
          .describe('such as {reaches_end: true}'),
      },
      async call({ name, title, about, steps, operations, expect }) {
        const { stringify } = await import('yaml');
        const draft = {
          scenario: name,
          title,
          about,
          ...(operations ? { operations } : {}),
          life: steps,
          ...(expect ? { expect } : {}),
        };
        const text = stringify(draft, { lineWidth: 100, aliasDuplicateObjects: false });
        const report = await lint(text);
        const words = report.errors > 0 ? { words: await vocabulary(ask) } : {};
        return { yaml: text, ...report, ...words };
      },
    }),
    tool({
      name: 'lint_scenario',
      title: 'Check a scenario',
      description:
        'Mistakes with line, column and what to do; without any, what each step answers. Nothing is saved.',
      input: { yaml },
      call: async ({ yaml: text }) => lint(text),
    }),
  ];
}

/** Mistakes and answers that are shown of a text. */
const MOST = 10;

function shown({ api, name, errors, problems, answers }: LintReport) {
  return {
    api,
    ...(name === undefined ? {} : { name }),
    errors,
    problems: problems.slice(0, MOST).map(({ file: _, ...problem }) => problem),
    answers: answers.slice(0, MOST).map(answerLine),
    ...(answers.length > MOST ? { more_answers: answers.length - MOST } : {}),
  };
}

function answerLine({ step, says, after, status, body, fault, breaches }: AnswerPreview) {
  return {
    ...(step === undefined ? { of: 'the request that schedules' } : { step }),
    ...(says === undefined ? {} : { says }),
    after_ms: after,
    status,
    ...(fault ? { fault: fault.name } : {}),
    body: cut(body, 200),
    ...(breaches.length > 0 ? { breaks_contract: breaches.slice(0, 3) } : {}),
  };
}

/** What steps may say, by its names alone. */
async function vocabulary(ask: Access['ask']) {
  const { apis, faults } = (await ask('GET', '/vocabulary')) as VocabularyView;
  return {
    apis: apis.slice(0, 3).map(({ operations, states, errors }) => ({
      operations,
      states: states.map(({ state }) => state),
      errors: errors.slice(0, 100).map(({ code }) => code),
    })),
    faults: faults.map(({ name }) => name),
  };
}
