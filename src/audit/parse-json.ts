/** The value of a text; undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  // Most requests have no body, and an error that is thrown for each of them takes its time.
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
