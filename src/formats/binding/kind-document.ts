import type { Node } from 'yaml';
import type { ErrorCode } from '../../error-codes.js';
import { FormatDocument, type Path, type Weight } from '../document.js';

/**
 * One kind of a binding that has several, seen as a binding of its own: a key that the kind has stands there, another
 * one at the top of the file. Mistakes are noted in the file's own list.
 * @example new KindDocument(document, 'exports').node(['states']) // that of kinds.exports.states, else of states
 */
export class KindDocument extends FormatDocument {
  constructor(
    private readonly whole: FormatDocument,
    private readonly kind: string,
  ) {
    super(whole.yaml);
  }

  override node(path: Path): Node | undefined {
    return this.whole.node(this.#at(path));
  }

  override keyNode(path: Path): Node | undefined {
    return this.whole.keyNode(this.#at(path));
  }

  override isFaulty(path: Path): boolean {
    return this.whole.isFaulty(this.#at(path));
  }

  override isFaultyWithin(path: Path): boolean {
    return this.whole.isFaultyWithin(this.#at(path));
  }

  override wrong(
    path: Path,
    code: ErrorCode,
    message: string,
    hint?: string,
    weight?: Weight,
  ): void {
    this.whole.wrong(this.#at(path), code, message, hint, weight);
  }

  override wrongKey(
    path: Path,
    code: ErrorCode,
    message: string,
    hint?: string,
    weight?: Weight,
  ): void {
    this.whole.wrongKey(this.#at(path), code, message, hint, weight);
  }

  #at(path: Path): Path {
    const own = ['kinds', this.kind, ...path];
    const [key] = path;
    const common = key !== undefined && !this.whole.has(own.slice(0, 3)) && this.whole.has([key]);
    return common ? path : own;
  }
}
