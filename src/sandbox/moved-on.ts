/**
 * Others have changed a session at the same time, and what was decided here was decided on too little: nothing of it is
 * kept, and it is to be decided again.
 */
export class MovedOn extends Error {
  override name = 'MovedOn';
}
