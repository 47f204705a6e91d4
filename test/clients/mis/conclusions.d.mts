/** The body of a conclusion, as the forms of public systems make it. */
export function conclusion(given: {
  type: string;
  category: string;
  /** Kind and id. */
  subject: readonly [kind: string, id: string];
  focus: readonly [kind: string, id: string];
  encounter: string;
  author: string;
  /** Days; without an end it is a birth. */
  from: string;
  to?: string;
  extension?: readonly object[];
  relatesTo?: { code: string; id: string };
}): Record<string, unknown>;
