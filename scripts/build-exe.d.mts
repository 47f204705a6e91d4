export function executableName(): string;
export function buildExe(folder: string): Promise<string>;
