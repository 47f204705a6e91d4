import type { Fault } from '../scenario/fault.js';

/** What goes over the wire, and the same before it became text, for checking. */
export interface Answer {
  /** What happens to it on its way. */
  fault: Fault | undefined;
  /** 0 when nothing is answered. */
  status: number;
  headers: Record<string, string>;
  body: string;
  mediaType: string;
  value: unknown;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** An answer without a body; status 0: no answer at all. */
export function emptyAnswer(status: number, headers: Record<string, string> = {}): Answer {
  return { fault: undefined, status, headers, body: '', mediaType: '', value: undefined };
}

export function jsonAnswer(status: number, value: unknown): Answer {
  return {
    fault: undefined,
    status,
    headers: { 'Content-Type': JSON_TYPE },
    body: JSON.stringify(value),
    mediaType: 'application/json',
    value,
  };
}

export function textAnswer(status: number, mediaType: string, body: string): Answer {
  const headers = { 'Content-Type': `${mediaType}; charset=utf-8` };
  return { fault: undefined, status, headers, body, mediaType, value: body };
}

/** The answer with a header in the place of one of the same name, however that is spelt. */
export function withHeader(answer: Answer, name: string, value: string): Answer {
  const others = Object.entries(answer.headers).filter(
    ([key]) => key.toLowerCase() !== name.toLowerCase(),
  );
  const isType = name.toLowerCase() === 'content-type';
  const mediaType = isType ? (value.split(';', 1)[0] as string) : answer.mediaType;
  return { ...answer, mediaType, headers: { ...Object.fromEntries(others), [name]: value } };
}
