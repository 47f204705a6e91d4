/** A length of time or a moment since 1970, in milliseconds. */
export type Millis = number;
