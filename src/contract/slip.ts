import type { ErrorCode } from '../error-codes.js';
import type { Problem } from '../problem.js';
import type { Locate } from '../yaml-fast.js';

/** Something in a document that is not as OpenAPI has it, and is read as meant, left unchecked or refused. */
export interface Slip {
  code: ErrorCode;
  /** The document cannot be used. */
  fatal?: boolean;
  /** Those of one kind are told in one line. */
  kind: string;
  /** Keys from the document's top. */
  path: readonly string[];
  /** `key`: it is the last key that is wrong, not what stands at it. */
  of?: 'key' | 'value';
  message: string;
  /** How it is named in a list of its kind; its path, where there is nothing shorter. */
  name?: string;
  hint: string;
}

/** So many places of a kind are told after the first. */
const MAX_MORE = 4;
/** A document with more than that is another document. */
const MAX_FATAL = 20;

/**
 * One line for each kind of slip: the first with its place, a few others by their places, and how many
 * there are. What hinders is told one by one.
 */
export function problemsOf(file: string, slips: readonly Slip[], locate: Locate): Problem[] {
  const fatal = slips.filter((slip) => slip.fatal);
  if (fatal.length > 0) {
    return fatal.slice(0, MAX_FATAL).map(({ code, path, of, message, hint }) => ({
      code,
      file,
      ...locate(path, of),
      message,
      hint,
    }));
  }
  const kinds = new Map<string, Slip[]>();
  for (const slip of slips) {
    const kind = `${slip.code} ${slip.kind}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), slip]);
  }
  return [...kinds.values()].map((ofKind) => {
    const placed = ofKind.map((slip) => ({ slip, ...locate(slip.path, slip.of) }));
    const [first, ...others] = placed.sort((a, b) => a.line - b.line || a.column - b.column) as [
      Placed,
      ...Placed[],
    ];
    const { slip, line, column } = first;
    const { code, hint } = slip;
    const message = `${slip.message}${more(others)}`;
    return { code, severity: 'warning', usable: true, file, line, column, message, hint };
  });
}

interface Placed {
  slip: Slip;
  line: number;
  column: number;
}

function more(others: readonly Placed[]): string {
  if (others.length === 0) return '';
  const told = others
    .slice(0, MAX_MORE)
    .map(({ slip: { name }, line, column }) => `${line}:${column}${name ? ` ${name}` : ''}`);
  const rest = others.length - told.length;
  return `; so ${others.length === 1 ? 'does one more' : `do ${others.length} more`}: ${told.join(', ')}${rest > 0 ? ' …' : ''}`;
}
