/** Phrases of the sources, holes as `{0}`, each with the first place that says it. */
export function harvest(): Map<string, string>;

/** The same of the page and of the components that it shares with reports. */
export function harvestBoard(): Map<string, string>;

/** Sentences of rooms that nobody has listed as read by people or as not. */
export function unheard(): string[];
