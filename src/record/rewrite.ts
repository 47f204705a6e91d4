import { Transform } from 'node:stream';
import type { HeaderLines } from './seen.js';

/** Headers that hold addresses, absolute or not (RFC 9110 §8.7, §10.2.2; RFC 8288; and Azure's own). */
const ADDRESSES = [
  'location',
  'content-location',
  'operation-location',
  'azure-asyncoperation',
  'link',
  'refresh',
];

/** What may stand behind the part of an address that is told anew; anything else is another host or path. */
const BEHIND = String.raw`(?=[/?#"'<>\\\s,;)\]}|&]|$)`;

/**
 * Tells addresses of the upstream as those of the recorder, so that a client that follows them stays with it.
 * What begins with the upstream's own scheme, host, port and path is rewritten; everything else is left.
 *
 * @example new Rewriter(new URL('https://api.example/v1')).text('{"href":"https://api.example/v1/jobs/1"}', 'http://127.0.0.1:4011')
 * // '{"href":"http://127.0.0.1:4011/jobs/1"}'
 */
export class Rewriter {
  readonly #path: string;
  readonly #variants: readonly string[];
  readonly #longest: number;
  readonly #anywhere: RegExp;
  readonly #first: RegExp;

  constructor({ protocol, hostname, port, pathname }: URL) {
    this.#path = pathname.replace(/\/$/, '');
    const ports = port === '' ? ['', protocol === 'https:' ? ':443' : ':80'] : [`:${port}`];
    // Some write slashes in JSON with a backslash (RFC 8259 §7), PHP by default.
    this.#variants = ports.flatMap((end) => {
      const plain = `${protocol}//${hostname}${end}${this.#path}`;
      return [plain, plain.replaceAll('/', '\\/')];
    });
    this.#longest = Math.max(...this.#variants.map((variant) => variant.length));
    const any = this.#variants.map((variant) => variant.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    this.#anywhere = new RegExp(`(?:${any.join('|')})${BEHIND}`, 'g');
    this.#first = new RegExp(`^(?:${any.join('|')})${BEHIND}`);
  }

  /** @param to scheme and host by which the client calls the recorder */
  text(text: string, to: string): string {
    return text.replace(this.#anywhere, (found) =>
      found.includes('\\') ? to.replaceAll('/', '\\/') : to,
    );
  }

  headers(lines: HeaderLines, to: string): HeaderLines {
    return lines.map(([name, value]) => {
      if (ADDRESSES.includes(name.toLowerCase())) return [name, this.#address(value, to)];
      return [name, value.replace(this.#first, to)];
    });
  }

  /** A path from the root is the upstream's too, and the recorder puts the upstream's path in front of its own. */
  #address(value: string, to: string): string {
    const told = this.text(value, to);
    if (this.#path === '') return told;
    if (told.startsWith(`${this.#path}/`)) return told.slice(this.#path.length);
    return told.replaceAll(`<${this.#path}/`, '</');
  }

  /** The same for a body that streams by: no more is held back than could be the beginning of an address. */
  stream(to: string): Transform {
    let rest = '';
    const text = (all: string) => Buffer.from(this.text(all, to), 'latin1');
    return new Transform({
      transform: (part: Buffer, _, done) => {
        const all = rest + part.toString('latin1');
        const cut = this.#openEnd(all);
        rest = all.slice(cut);
        done(null, text(all.slice(0, cut)));
      },
      flush: (done) => done(null, text(rest)),
    });
  }

  /** Where an address may begin that is not whole yet, or of which one must see what stands behind it. */
  #openEnd(text: string): number {
    for (let at = Math.max(0, text.length - this.#longest); at < text.length; at += 1) {
      if (text[at] !== 'h') continue;
      const tail = text.slice(at);
      if (this.#variants.some((variant) => variant.startsWith(tail))) return at;
    }
    return text.length;
  }
}
