import { readEntries } from '../texts.mjs';
import { importSource } from './sources.mjs';

const INTRO = `# Error codes

[Українською](uk/errors.md)

Every mistake that the sandbox tells of has a code, which stays the same when the words around it change. Scripts may go
by a code; people find here what it means and what to do next.
`;

const INTRO_UK = `# Коди помилок

[English](../errors.md)

Кожна помилка, про яку повідомляє пісочниця, має код, який лишається тим самим, коли слова навколо нього змінюються. За
кодом може йти програма, а людина знайде тут, що він означає і що робити далі. Повідомлення в прикладах – англійською, як їх
отримують програми.
`;

const ENGLISH = { intro: INTRO, todo: 'What to do', say: (text) => text };

/** The page of all error codes. */
export function errorsPage() {
  return pageIn(ENGLISH);
}

/** The same in Ukrainian; messages are shown as programs get them. */
export async function errorsPageUk() {
  const { makePhrasebook } = await importSource('src/texts/phrasebook.ts');
  const book = makePhrasebook({ ...readEntries('uk'), ...readEntries('uk', 'docs') }, 'uk');
  return pageIn({ intro: INTRO_UK, todo: 'Що робити', say: book.translate });
}

async function pageIn(language) {
  const { ERROR_CODES } = await importSource('src/error-codes.ts');
  const codes = Object.entries(ERROR_CODES);
  return [
    language.intro,
    ...contents(codes),
    ...codes.flatMap(([code, text]) => sectionOf(code, text, language)),
  ];
}

/** One line a group: what stands before the first underscore. */
function contents(codes) {
  const groups = [...new Set(codes.map(([code]) => groupOf(code)))];
  return groups.map((group) => {
    const members = codes.filter(([code]) => groupOf(code) === group);
    const links = members.map(([code]) => `[${code}](#${code.toLowerCase()})`);
    return `- **${group}**: ${links.join(', ')}`;
  });
}

function groupOf(code) {
  return code.split('_', 1)[0];
}

function sectionOf(code, { title, next, example }, { todo, say }) {
  const shown = example ? ['', '```', example, '```'] : [];
  return ['', `## ${code}`, '', say(title), '', `**${todo}:** ${say(next)}`, ...shown];
}
