/** What the journal notes of a poll whose answer a person has chosen. */
export const PLAYED = 'played by hand';
