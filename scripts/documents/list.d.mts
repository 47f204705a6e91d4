/** A document of the list, and where it is looked for. */
export interface Entry {
  name: string;
  repository?: string;
  package?: string;
  file: string;
}
export const DOCUMENTS: Entry[];
