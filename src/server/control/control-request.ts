/** A request for the control API, checked against its contract, which gives values their types. */
export interface ControlRequest {
  params: Record<string, string>;
  query: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: the contract of the control API has checked it
  body: any;
  /** The header `Accept`. */
  accept?: string | undefined;
  /** The header `Accept-Language`. */
  acceptLanguage?: string | undefined;
}

export interface ControlAnswer {
  status: number;
  body?: unknown;
  /** Of a body that is a text or bytes; left out, it is a value and goes out as JSON. */
  mediaType?: string;
  /** What a browser calls a body of bytes when it keeps it. */
  fileName?: string;
}
