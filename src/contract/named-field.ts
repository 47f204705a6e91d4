/** RFC 9110 §5.6.2: the name of a header is a token. */
const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** A header, in small letters. */
export interface HeaderField {
  header: string;
}

/** Keys that lead to a field of a JSON body. */
export interface BodyField {
  field: readonly string[];
}

/** `Idempotency-Key` → the header of that name; undefined where no header can be called so. */
export function headerField(name: string): HeaderField | undefined {
  return TOKEN.test(name) ? { header: name.toLowerCase() } : undefined;
}

/** `order.key` → the field of a JSON body that these keys lead to; undefined where one of them is empty. */
export function bodyField(keys: string): BodyField | undefined {
  const field = keys.split('.');
  return field.every((key) => key !== '') ? { field } : undefined;
}

/** What stands behind the first word and its dot: `body.`, `order.key`. */
export function behindWord(text: string, word: string): string | undefined {
  return text.startsWith(`${word}.`) ? text.slice(word.length + 1) : undefined;
}
