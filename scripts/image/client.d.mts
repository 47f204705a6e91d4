/** The command of a client that finds ESOZ_SANDBOX_URL and ESOZ_CONTROL_TOKEN in its environment. */
export function clientIn(folder: string, hasty?: boolean): string[];
