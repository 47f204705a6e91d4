/** The processes that it knows. */
export const NAMES: readonly string[];

/** Sends one request; follows no redirect, and throws where nothing comes back. */
export type Ask = (
  method: string,
  url: string,
  asked: { headers: Record<string, string>; body?: string; timeout: number },
) => Promise<{ status: number; text: string }>;

export function run(options: {
  process: string;
  url: string;
  ask: Ask;
  /** Milliseconds. */
  sleep: (ms: number) => unknown;
  credentials: { token?: string; apiKey: string; psk: string };
  /** Who signs in first; left out: the token is that of the credentials. */
  account?: {
    email: string;
    password: string;
    mis: string;
    legalEntity: string;
    scope: string;
    back: string;
  };
  given: Given;
}): Promise<string[]>;

export const ask: Ask;

/** What the system knows of its patients, and the forms that have been filled in. */
export interface Given {
  /** Of whom conclusions are made. */
  patient: string;
  newborn: string;
  mother: string;
  /** A patient whose name nobody knows yet. */
  unknown: string;
  /** Of whom the bodies speak. */
  recorded: string;
  author: string;
  division: string;
  /** The one-time code that patients are sent. */
  code: number;
  /** Days: of a conclusion, and of the one after it. */
  from: string;
  to: string;
  next: string;
  until: string;
  born: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of many operations
  bodies: Record<string, any>;
}
