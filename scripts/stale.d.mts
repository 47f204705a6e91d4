export function isStale(): boolean;
