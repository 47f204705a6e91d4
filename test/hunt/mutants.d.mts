export interface Mutant {
  name: string;
  bug: string;
  from: string;
  to: string;
}
export const MUTANTS: readonly Mutant[];
export function writeMutant(mutant: Mutant, folder: string): Promise<string>;
