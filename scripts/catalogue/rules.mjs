import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEntries } from '../texts.mjs';
import { importSource, list, root, table } from './sources.mjs';

const INTRO = `# Rules

[Українською](uk/rules.md)

What the auditor asks of a client. A finding in a report names its rule, and here each rule has its reason, its sources,
and two pieces of client code: one that breaks it, and one that keeps it.

A rule that a run does not put to the test is *not exercised*, never *passed*. Only severity \`error\` makes CI red.
[Reports](reference/reports.md#tolerances) tells how a tolerance is changed; \`esoz-sandbox rules\` prints this table.

The pieces show one thing each; [examples](../examples/README.md) has whole pollers that keep every rule, in five languages.
In all of them \`url\` is the address of the job, \`job\` the answer that told of it last (\`{id, status, eta}\`), \`headers\`
holds \`Authorization\` and \`api-key\`, and

\`\`\`js
const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));
\`\`\`
`;

const INTRO_UK = `# Правила

[English](../rules.md)

Чого аудитор чекає від клієнта. Зауваження у звіті називає своє правило, а тут у кожного правила є причина, джерела і два
уривки коду клієнта: той, що його порушує, і той, що дотримується.

Правило, якого прогін не перевірив, – *не перевірялося*, а не *дотримано*. CI стає червоним лише від важливості «помилка».
Як змінити допуск, каже сторінка [звітів](../reference/reports.md#tolerances); цю таблицю виводить \`esoz-sandbox rules\`.

Кожен уривок показує щось одне; у теці [examples](../../examples/README.md) є цілі клієнти п’ятьма мовами, які дотримуються
всіх правил. В уривках \`url\` – адреса завдання, \`job\` – відповідь, яка востаннє про нього повідомила
(\`{id, status, eta}\`), \`headers\` містить \`Authorization\` та \`api-key\`, а ще є

\`\`\`js
const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));
\`\`\`
`;

const ENGLISH = {
  intro: INTRO,
  heads: ['rule', 'what a good client does', 'severity', 'tolerance', 'source'],
  labels: { todo: 'What to do', severity: 'Severity', tolerance: 'Tolerance', source: 'Source' },
  code: { wrong: 'Wrong:', right: 'Right:' },
  say: (text) => text,
  tolerance: (text) => text,
};

const UKRAINIAN = {
  intro: INTRO_UK,
  heads: ['правило', 'що робить добрий клієнт', 'важливість', 'допуск', 'джерело'],
  labels: { todo: 'Що робити', severity: 'Важливість', tolerance: 'Допуск', source: 'Джерело' },
  code: { wrong: 'Неправильно:', right: 'Правильно:' },
  severities: { error: 'помилка', warning: 'попередження', note: 'примітка' },
};

/** The page of the rules, with the code in docs/rules. */
export function rulesPage() {
  return pageIn(ENGLISH);
}

/** The same in Ukrainian, by the phrasebook. */
export async function rulesPageUk() {
  const { makePhrasebook } = await importSource('src/texts/phrasebook.ts');
  const entries = readEntries('uk');
  const book = makePhrasebook(entries, 'uk');
  const { severities } = UKRAINIAN;
  const say = (text) => severities[text] ?? book.translate(text);
  return pageIn({ ...UKRAINIAN, say, tolerance: (text) => toleranceIn(entries, text) });
}

/** `to come early by 50ms`, `3 answers 404 in a row`: the words of a rule around its number. */
function toleranceIn(entries, text) {
  const [, told, paced] = /^(.*?)(, divided by the pace)?$/.exec(text) ?? [];
  const [, before, after] = /^([a-z].*) (\S+)$/.exec(told) ?? [];
  const [, number, things] = /^(\d+) (.*)$/.exec(told) ?? [];
  const said = before ? `${entries[before]} ${after}` : `${number} ${entries[things]}`;
  return paced ? `${said}, поділено на темп` : said;
}

function pageIn(language) {
  const rules = list('rules');
  const rows = rules.map((rule) => rowOf(rule, language));
  const sections = rules.flatMap((rule) => sectionOf(rule, language));
  return [language.intro, ...table(language.heads, rows), ...sections];
}

function rowOf({ name, title, severity, tolerance, sources }, language) {
  const { say } = language;
  const links = sources.map(({ text, url }) => {
    const [short] = say(text).split(/[:;] /);
    return linked(short, url);
  });
  const told = tolerance ? language.tolerance(tolerance) : '';
  return [`[\`${name}\`](#${name})`, say(title), say(severity), told, links.join('; ')];
}

function sectionOf({ name, title, why, advice, severity, tolerance, sources }, language) {
  const { say, labels, code } = language;
  const allowed = tolerance ? ` **${labels.tolerance}:** ${language.tolerance(tolerance)}.` : '';
  return [
    '',
    `## ${name}`,
    '',
    `**${say(title)}.** ${say(why)}`,
    '',
    `- **${labels.todo}:** ${say(advice)}.`,
    `- **${labels.severity}:** ${say(severity)}.${allowed}`,
    `- **${labels.source}:** ${sources.map(({ text, url }) => linked(say(text), url)).join('; ')}`,
    '',
    code.wrong,
    '',
    ...codeOf(name, 'wrong'),
    '',
    code.right,
    '',
    ...codeOf(name, 'right'),
  ];
}

function linked(text, url) {
  return url ? `[${text}](${url})` : text;
}

function codeOf(name, kind) {
  return ['```js', pieceOf(name, kind), '```'];
}

/** The same code for the HTML report, which has to be complete in itself. */
export function snippetFile() {
  const names = readdirSync(join(root, 'docs/rules'))
    .filter((file) => file.endsWith('.right.js'))
    .map((file) => file.replace('.right.js', ''))
    .sort();
  const pieces = names.map((name) => [
    name,
    { wrong: pieceOf(name, 'wrong'), right: pieceOf(name, 'right') },
  ]);
  return [JSON.stringify(Object.fromEntries(pieces), null, 2)];
}

function pieceOf(name, kind) {
  const text = readFileSync(join(root, 'docs/rules', `${name}.${kind}.js`), 'utf8').trimEnd();
  return text.replace(/^export /gm, '');
}
