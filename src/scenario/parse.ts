import { isMap, type Node } from 'yaml';
import { FileError, nearest, type Problem } from '../problem.js';
import { plain, readYaml } from '../yaml.js';
import { Fields } from './fields.js';
import { ANSWER, readAnswer } from './parse-answer.js';
import { parseStep } from './parse-step.js';
import type { Expect, Scenario, Step, When } from './scenario.js';
import { readTolerances } from './tolerances.js';
import { stateLike, type Vocabulary } from './vocabulary.js';

const KEYS = [
  'scenario', 'title', 'about', 'group', 'operations', 'when', 'refuse', 'life', 'result', 'expect',
  'tolerances', 'off_contract',
]; // biome-ignore format: reads as one list
const WHEN = ['body', 'path', 'query', 'headers', 'resource'] as const;
const EXPECT = ['result_read', 'reaches_end', 'gives_up', 'polls', 'within'];
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * Reads a scenario file.
 * @param file name for messages
 * @param words what the scenario may name
 * @throws FileError with every mistake in the file, each with its line and column
 */
export function parseScenario(file: string, text: string, words: Vocabulary): Scenario {
  const yaml = readYaml(file, text);
  if (!isMap(yaml.root)) {
    throw new FileError([
      yaml.problem(yaml.root, 'a scenario is a mapping', 'start it with `scenario: NAME`'),
    ]);
  }
  const problems: Problem[] = [];
  const top = new Fields(yaml, problems, yaml.root, KEYS);
  const scenario = readScenario(top, words);
  if (problems.length > 0) {
    throw new FileError(problems.sort((a, b) => a.line - b.line || a.column - b.column));
  }
  return scenario;
}

function readScenario(top: Fields, words: Vocabulary): Scenario {
  const name = top.text('scenario') ?? '';
  if (!NAME.test(name)) {
    const hint = 'small letters, digits, dots and dashes, at most 64: failed-after-two-polls';
    top.wrong(
      top.node('scenario'),
      name ? `"${name}" is not a name` : 'the key "scenario" is missing',
      hint,
    );
  }
  const refused = top.inner('refuse', ANSWER);
  if (refused && top.node('life')) {
    const hint = 'leave one of the two out';
    top.wrong(
      top.node('life'),
      'a refused request makes no job, so this life is never lived',
      hint,
    );
  }
  const offContract = top.flag('off_contract') ?? false;
  return {
    name,
    title: top.text('title') ?? '',
    about: top.text('about') ?? '',
    group: top.text('group') ?? 'own',
    file: top.yaml.file,
    operations: readOperations(top, words),
    when: readWhen(top),
    refuse: refused && readAnswer(refused, false),
    life: readLife(top, words, refused !== undefined, offContract),
    result: top.free('result'),
    expect: readExpect(top),
    tolerances: readTolerances(top, words),
    offContract,
  };
}

function readOperations(top: Fields, words: Vocabulary): string[] | undefined {
  const listed = top.list('operations');
  if (listed?.length === 0) {
    const hint = 'leave it out to mean every operation that schedules a job';
    top.wrong(top.node('operations'), 'the list is empty, so the scenario is never played', hint);
  }
  return listed?.map((node) => {
    const id = String(plain(node));
    if (!words.operations.includes(id)) {
      top.wrong(node, `unknown operation "${id}"`, nearest(id, words.operations));
    }
    return id;
  });
}

function readWhen(top: Fields): When[] {
  const node = top.node('when');
  const entries = isMap(node) ? [node as Node] : (top.list('when') ?? []);
  return entries.flatMap((entry) => {
    if (!isMap(entry)) {
      top.wrong(entry, 'a condition is a mapping', `with some of: ${WHEN.join(', ')}`);
      return [];
    }
    const fields = new Fields(top.yaml, top.problems, entry, WHEN);
    const headers = Object.entries(fields.flat('headers')).map(([k, v]) => [k.toLowerCase(), v]);
    const when = {
      body: fields.flat('body'),
      path: fields.flat('path'),
      query: fields.flat('query'),
      headers: Object.fromEntries(headers) as When['headers'],
      resource: fields.flat('resource'),
    };
    if (Object.values(when).every((part) => Object.keys(part).length === 0)) {
      top.wrong(
        entry,
        'the condition is empty, so every request would meet it',
        'name a field: body: { subject.value: … }',
      );
    }
    return [when];
  });
}

function readLife(top: Fields, words: Vocabulary, refused: boolean, offContract: boolean): Step[] {
  const nodes = top.list('life');
  if (!nodes && !refused && !top.node('life')) {
    top.wrong(undefined, 'the key "life" is missing', 'list the steps that the job lives through');
  }
  if (nodes?.length === 0) {
    top.wrong(
      top.node('life'),
      'a life has at least one step',
      `for example "- state: ${stateLike(words, 'done')}"`,
    );
  }
  return (nodes ?? []).flatMap((node, i, all) => {
    if (!isMap(node)) {
      top.wrong(node, 'a step is a mapping', 'with `state` or `answer`');
      return [];
    }
    const last = i === all.length - 1;
    return [parseStep(top.yaml, top.problems, node, words, { last, offContract })];
  });
}

function readExpect(top: Fields): Expect {
  const fields = top.inner('expect', EXPECT);
  if (!fields) return {};
  return withoutUndefined({
    result_read: fields.flag('result_read'),
    reaches_end: fields.flag('reaches_end'),
    gives_up: fields.flag('gives_up'),
    polls: readPolls(fields),
    within: fields.duration('within'),
  });
}

function readPolls(fields: Fields): Expect['polls'] {
  const polls = fields.inner('polls', ['at_least', 'at_most']);
  if (!polls) return undefined;
  const least = polls.whole('at_least', 0, Number.MAX_SAFE_INTEGER);
  const most = polls.whole('at_most', 0, Number.MAX_SAFE_INTEGER);
  if (least !== undefined && most !== undefined && least > most) {
    const hint = `at_least is ${least}, at_most is ${most}`;
    polls.wrong(polls.node('at_least'), 'no number of polls is both', hint);
  }
  return withoutUndefined({ at_least: least, at_most: most });
}

function withoutUndefined<T extends object>(
  value: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(value).filter(([, v]) => v !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
