import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import Negotiator from 'negotiator';
import { asset } from '../../assets.js';
import { BOARD, PARTS } from './is-for-board.js';

/** What parts are, by the end of their names. */
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
};

/** How the name of a packed part ends, by the word of RFC 9110 §8.4. */
const ENDINGS: Readonly<Record<string, string>> = { br: 'br', gzip: 'gz' };

/** Letters, digits, dash and underscore, one dot or two: names that the build gives, and no way out of the folder. */
const NAME = /^[\w-]+([.][\w-]+){1,2}$/;

/** Nothing from elsewhere, no script or style within the page. Editors draw marks as pictures of their own. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

const parts = new Map<string, Promise<Buffer>>();

/**
 * Answers with the page or a part of it. The page lies at one address alone, so that addresses in it can be relative.
 * @param prefix path of a trusted proxy in front of every path of this server
 */
export async function serveBoard(
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  prefix: string,
): Promise<void> {
  if (path !== BOARD && !path.startsWith(PARTS)) {
    res.writeHead(302, { Location: prefix + BOARD, 'Cache-Control': 'no-store', Vary: 'Accept' });
    res.end();
    return;
  }
  const name = path === BOARD ? 'index.html' : path.slice(PARTS.length);
  const type = NAME.test(name) ? TYPES[name.slice(name.lastIndexOf('.') + 1)] : undefined;
  const found = type && (await chosen(name, new Negotiator(req).encodings(['br', 'gzip'])));
  if (!type || !found) {
    res.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8', ...HEADERS });
    res.end('no such part of the page\n');
    return;
  }
  const { encoding, bytes } = found;
  res.writeHead(200, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    ...(encoding ? { 'Content-Encoding': encoding } : {}),
    Vary: 'Accept-Encoding',
    // Names of parts change with what is in them.
    'Cache-Control': name === 'index.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
    ...HEADERS,
  });
  res.end(req.method === 'HEAD' ? undefined : bytes);
}

/** As the build has packed it, if the client takes that. */
async function chosen(name: string, encodings: readonly string[]) {
  for (const encoding of encodings) {
    const bytes = await part(`${name}.${ENDINGS[encoding]}`);
    if (bytes) return { encoding, bytes };
  }
  const bytes = await part(name, () => readPart(`${name}.gz`).then(promisify(gunzip)));
  return bytes && { bytes };
}

function readPart(name: string): Promise<Buffer> {
  return readFile(asset('dist', 'board', name));
}

/** Parts are read once; undefined: there is none of this name. */
async function part(name: string, read = () => readPart(name)): Promise<Buffer | undefined> {
  const known = parts.get(name) ?? read();
  parts.set(name, known);
  try {
    return await known;
  } catch {
    parts.delete(name);
    return undefined;
  }
}
