/** Why something is guessed, and where the document says so. */
export interface Clue {
  reason: string;
  /** Keys from the top of the document. */
  at: readonly string[];
  /** It connects one operation with the other; without any, nothing says that they have to do with each other. */
  ties?: boolean;
}
