import { inContext, spoken, t } from '../texts/spoken.js';

/**
 * A YAML file as it is written for a person: comments, titles and what stands in `about` in the language that is
 * spoken. A comment is a line of its own, and a sentence: what was guessed, and where the document has it.
 * @example `# Question: which errors does your API know?`
 */
export function inOwnLanguage(yaml: string): string {
  if (spoken() === 'en') return yaml;
  return yaml.split('\n').map(sayLine).join('\n');
}

function sayLine(line: string): string {
  const [, before, text, place = ''] = LINE.exec(line) ?? [];
  return text === undefined ? line : `${before}${sayComment(text)}${place}`;
}

/** A comment with the place that it speaks of, `(openapi.yaml:12, $.paths…)` or `: GET /jobs/{id}`; or the title of a scenario or suite. */
const LINE = /^( *# |title: |about: )(.*?)( \([^ ()]+:\d+(?:, \$.*)?\)|: [A-Z]+ \/\S*)?$/;

function sayComment(text: string): string {
  const [, question] = /^Question: (.*)$/.exec(text) ?? [];
  return question === undefined ? t(text) : `${inContext('init', 'Question')}: ${t(question)}`;
}
