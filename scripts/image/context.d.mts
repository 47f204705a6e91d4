export function contextOf(folder: string): string[];
