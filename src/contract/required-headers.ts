import { resolve } from './document.js';
import { isObject, type Json } from './json.js';
import type { Operation } from './operation.js';

/**
 * Headers that an answer of this status must have and has not (OpenAPI 3.0.3, "Header Object": `required`). A
 * Content-Type is not among them: "Response Object" says that it shall be ignored there.
 */
export function missingHeaders(
  document: Json,
  { path, method }: Operation,
  status: number,
  given: Readonly<Record<string, string>>,
): string[] {
  const item = resolve(document, (document.paths as Json)[path]) ?? {};
  const operation = resolve(document, item[method.toLowerCase()]);
  const responses = isObject(operation?.responses) ? operation.responses : {};
  const range = `${String(status)[0]}XX`;
  const named = responses[status] ?? responses[range] ?? responses[range.toLowerCase()];
  const answer = resolve(document, named ?? responses.default);
  const known = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  return Object.entries(isObject(answer?.headers) ? answer.headers : {}).flatMap(
    ([name, header]) => {
      const needed = resolve(document, header)?.required === true;
      return needed && !/^content-type$/i.test(name) && !known.has(name.toLowerCase())
        ? [name]
        : [];
    },
  );
}
