import { importSource } from './sources.mjs';

const INTRO = `# Error codes

Every mistake that the sandbox tells of has a code, which stays the same when the words around it change. Scripts may go
by a code; people find here what it means and what to do next.
`;

/** The page of all error codes. */
export async function errorsPage() {
  const { ERROR_CODES } = await importSource('src/error-codes.ts');
  const codes = Object.entries(ERROR_CODES);
  return [INTRO, ...contents(codes), ...codes.flatMap(sectionOf)];
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

function sectionOf([code, { title, next, example }]) {
  const shown = example ? ['', '```', example, '```'] : [];
  return ['', `## ${code}`, '', title, '', `**What to do:** ${next}`, ...shown];
}
