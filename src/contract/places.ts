/** What an answer about a job may tell: names in braces, in bindings and in answers of scenarios. */
export const ANSWER_PLACES: readonly string[] = [
  'job', 'state', 'eta', 'retryAfter', 'now', 'doneAt', 'resource', 'error', 'link', 'path', 'body',
  'result', 'origin', 'api',
]; // biome-ignore format: reads as one list
