import type { Json } from '../../../contract/json.js';
import type { Refusal, World } from '../../../sandbox/pack.js';
import type { Request } from './request.js';

/** What may be done with a request of a kind, and what comes of it. */
export interface Machine {
  /** Kind of the resource. */
  kind: string;
  /** Whoever agrees lets it come to this status. */
  approve?: { from: readonly string[]; to: string; http: number; wrong: Refusal };
  reject?: { from: readonly string[]; http: number; wrong: Refusal };
  sign?: { from: readonly string[]; wrong: Refusal };
  /** How answers show it, where that is not its document. */
  show?(request: Request, world: World): Json;
  /** What is told beside it: how the person is asked, and which papers are wanted. */
  urgent(request: Request): Json;
  /** What else must be so when somebody agrees. */
  check?(request: Request, world: World): Refusal | undefined;
  /** What stands in the document once somebody has agreed, such as what is to be signed. */
  approved?(request: Request, world: World): Json;
  /** What changes in the world once somebody has agreed. */
  after?(request: Request, world: World): void;
  /** What is to be signed, and whether the person must have signed it too. */
  toSign?(request: Request, world: World): { content: unknown; patientAt?: string };
}
