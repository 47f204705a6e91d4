/** What a code stands for. */
interface ErrorCodeText {
  /** What is wrong, in one plain sentence. */
  title: string;
  /** What to do next, in one plain sentence. */
  next: string;
  /** A message that carries it, as a person sees it. */
  example?: string;
}

/**
 * Every mistake that a person can meet, by its stable code; the reference page of errors is written from it.
 * A code that has been released keeps its name and its meaning.
 */
export const ERROR_CODES = {
  FILE_UNREADABLE: {
    title: 'A file that was named cannot be read.',
    next: 'Check the path, and that you may read it.',
  },
} as const satisfies Record<string, ErrorCodeText>;

export type ErrorCode = keyof typeof ERROR_CODES;
