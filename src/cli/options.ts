import { InvalidArgumentError, Option } from 'commander';

/** Options that several commands have. */
export const spec = new Option(
  '--spec <file>',
  'OpenAPI 3.0 or 3.1 document (default: the Compositions API)',
);
export const binding = new Option(
  '--binding <file>',
  'which operations schedule and report jobs (default: binding.yaml beside the document)',
);
export const scenarios = new Option(
  '--scenarios <folder>',
  'your own scenarios; one named like a scenario of the catalogue takes its place',
);

/** Reads a whole number. */
export function whole(least: number, most: number) {
  return (text: string) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

/** Collects an option that may be given several times. */
export function append(text: string, before: string[]): string[] {
  return [...before, text];
}

/** Reads and collects `NAME=value`. */
export function readSetting(text: string, before: [string, string][]): [string, string][] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('Give NAME=value, such as CANCEL_DAYS_NEWBORN=30.');
  }
  return [...before, [name.trim(), value.trim()]];
}
