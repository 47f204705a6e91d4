import { textOf } from './utf8.js';

/** One part of a form that came as multipart/form-data. */
export interface Part {
  name: string;
  /** Undefined: it is a field, and no file. */
  filename: string | undefined;
  /** Without its parameters; undefined when the part does not say. */
  type: string | undefined;
  content: Buffer;
}

export type Multipart = { parts: Part[] } | { problem: string };

/**
 * Takes a multipart/form-data body apart: RFC 7578, RFC 2046 §5.1.1.
 * @param contentType of the request, with its boundary
 */
export function readMultipart(body: Buffer, contentType: string): Multipart {
  const [, quoted, bare] =
    /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return { problem: 'Content-Type names no boundary' };
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // What stands before the first delimiter is no part; nothing need stand there.
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: Part[] = [];
  let at = whole.indexOf(delimiter);
  if (at === -1) return { problem: `no line of the body is --${boundary}` };
  for (;;) {
    at += delimiter.length;
    if (whole.subarray(at, at + 2).toString('latin1') === '--') return { parts };
    const line = whole.indexOf('\r\n', at);
    const end = line === -1 ? -1 : whole.indexOf(delimiter, line);
    if (end === -1) return { problem: `the last part does not end with --${boundary}--` };
    const read = readPart(whole.subarray(line, end), parts.length + 1);
    if ('problem' in read) return read;
    parts.push(read);
    at = end;
  }
}

/** @param bytes with the line break in front of its headers */
function readPart(bytes: Buffer, number: number): Part | { problem: string } {
  const blank = bytes.indexOf('\r\n\r\n');
  if (blank === -1) return { problem: `part ${number} has no empty line behind its headers` };
  const headers = new Map<string, string>();
  for (const line of textOf(bytes.subarray(0, blank)).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0)
      headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = headers.get('content-disposition') ?? '';
  const name = parameter(disposition, 'name');
  if (name === undefined) return { problem: `part ${number} has no name` };
  return {
    name,
    filename: parameter(disposition, 'filename'),
    type: headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase(),
    content: bytes.subarray(blank + 4),
  };
}

/** Browsers write a quotation mark as %22 (HTML, "Multipart form data"), others as \". */
function parameter(header: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;"]+))`, 'i').exec(
    header,
  );
  const value = found?.[1]?.replace(/\\(["\\])/g, '$1') ?? found?.[2];
  return value?.replace(/%22/g, '"').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n');
}
