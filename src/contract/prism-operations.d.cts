/** How operations of OpenAPI are read. */
export const OPERATION_CONFIG: unknown;

/** An operation as Prism has it. */
export function transformOas3Operation(asked: {
  document: object;
  /** Its path. */
  name: string;
  method: string;
  config: unknown;
}): object;
