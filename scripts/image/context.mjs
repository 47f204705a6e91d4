// The files that an engine would be sent: what .dockerignore leaves of the folder. Patterns are those of names in the
// folder itself; others are refused.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns names in the folder that a COPY sees */
export function contextOf(folder) {
  const file = join(folder, '.dockerignore');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const rules = lines.filter((line) => line.trim() && !line.startsWith('#')).map(ruleOf);
  return readdirSync(folder).filter((name) => isSent(name, rules));
}

/** The last line that a name matches decides. */
function isSent(name, rules) {
  return rules.findLast(({ pattern }) => pattern.test(name))?.sends ?? true;
}

function ruleOf(line) {
  const sends = line.startsWith('!');
  return { sends, pattern: patternOf(sends ? line.slice(1) : line) };
}

/** `esoz-sandbox-*.tgz` */
export function patternOf(text) {
  if (!/^[\w.*-]+$/.test(text)) throw new Error(`"${text}" is no pattern of names in one folder`);
  return new RegExp(`^${text.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
}
