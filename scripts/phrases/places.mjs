/** Where every sentence is said to people; elsewhere only what stands in a `say` or a `t`. */
export const SPEAKING = [];

/** What looks like a sentence and is none. */
export const UNSAID = [/^[\w.+-]+\/[\w.+-]+(; ?charset=|$)/, /^\s*<[a-z!]/i];

/** Words that stand in data, by which the code speaks: joints of lists, states of what is told. */
export const SAID_ELSEWHERE = [];
