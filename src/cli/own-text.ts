import { createHash } from 'node:crypto';

/** How a line of comment begins, in YAML and in Markdown. */
type Comment = '#' | '<!--';

/** A text with a first line by which it can be told later whether somebody has changed it. */
export function signed(text: string, comment: Comment): string {
  const end = comment === '<!--' ? ' -->' : '';
  return `${comment} esoz-sandbox init ${digestOf(text)}${end}\n${text}`;
}

/** Is this a text of ours that nobody has changed? Line ends may be those of Windows: Git writes them there. */
export function isUntouched(text: string): boolean {
  const plain = text.replaceAll('\r\n', '\n');
  const [, digest, rest] = /^(?:#|<!--) esoz-sandbox init (\w+)(?: -->)?\n(.*)$/s.exec(plain) ?? [];
  return rest !== undefined && digest === digestOf(rest);
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
