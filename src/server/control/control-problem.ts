/** A request for the control API, checked against its contract. */
export interface ControlRequest {
  params: Record<string, string>;
  query: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: the contract of the control API has checked it
  body: any;
  /** The header `Accept`. */
  accept?: string | undefined;
}

export interface ControlAnswer {
  status: number;
  body?: unknown;
  /** Of a body that is a text; left out, it is a value and goes out as JSON. */
  mediaType?: string;
}

export type Handler = (request: ControlRequest) => ControlAnswer;

/** A refusal that says what to do next. */
export class ControlProblem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ControlProblem';
  }
}

export function ok(body: unknown): ControlAnswer {
  return { status: 200, body };
}
