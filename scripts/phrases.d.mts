/** Phrases of the sources, holes as `{0}`, each with the first place that says it. */
export function harvest(): Map<string, string>;
