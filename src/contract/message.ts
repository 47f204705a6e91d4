import { parseJson } from './json.js';
import { isJson } from './media-type.js';

/** An answer of HTTP as a contract looks at it: what goes over the wire, and the value that became its text. */
export interface Message {
  /** 0 when nothing is answered. */
  status: number;
  headers: Record<string, string>;
  body: string;
  mediaType: string;
  /** The value that became the body, where there was one before it: ask {@link toldValue}. */
  source: unknown;
}

/** The value that an answer tells: of one that was written as a text it is read from that. */
export function toldValue({ source, mediaType, body }: Message): unknown {
  return source === undefined && isJson(mediaType) ? parseJson(body) : source;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Without a body; status 0: no answer at all. */
export function emptyMessage(status: number, headers: Record<string, string> = {}): Message {
  return { status, headers, body: '', mediaType: '', source: undefined };
}

export function jsonMessage(status: number, value: unknown): Message {
  return {
    status,
    headers: { 'Content-Type': JSON_TYPE },
    body: JSON.stringify(value),
    mediaType: 'application/json',
    source: value,
  };
}

/** @param body JSON */
export function writtenMessage(status: number, body: string): Message {
  return {
    status,
    headers: { 'Content-Type': JSON_TYPE },
    body,
    mediaType: 'application/json',
    source: undefined,
  };
}

/** @param contentType with its charset, if it names one */
export function textMessage(status: number, contentType: string, body: string): Message {
  const mediaType = contentType.split(';', 1)[0] as string;
  return { status, headers: { 'Content-Type': contentType }, body, mediaType, source: body };
}

/** The message with a header in the place of one of the same name, however that is spelt. */
export function withHeader<M extends Message>(message: M, name: string, value: string): M {
  const others = Object.entries(message.headers).filter(
    ([key]) => key.toLowerCase() !== name.toLowerCase(),
  );
  const isType = name.toLowerCase() === 'content-type';
  const mediaType = isType ? (value.split(';', 1)[0] as string) : message.mediaType;
  return { ...message, mediaType, headers: { ...Object.fromEntries(others), [name]: value } };
}

/** The message with a text that need not be JSON any more. */
export function withText<M extends Message>(message: M, body: string): M {
  return { ...message, body, source: body };
}

export function withValue<M extends Message>(message: M, value: unknown): M {
  return { ...message, source: value, body: JSON.stringify(value) };
}
