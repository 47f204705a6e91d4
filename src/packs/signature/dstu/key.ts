import { type BaseBlock, fromBER, ObjectIdentifier, OctetString } from 'asn1js';
import type { Certificate } from 'pkijs';
import { childrenOf } from '../certificate.js';
import { LIMITS } from '../limits.js';
import { B, BASE_POINT, ORDER } from './curve.js';
import { DKE_1 } from './gost34311.js';

/** Keys of DSTU 4145 in a polynomial basis; the longer one writes its numbers big-endian. */
const LITTLE_ENDIAN = '1.2.804.2.1.1.1.1.3.1.1';
const BIG_ENDIAN = '1.2.804.2.1.1.1.1.3.1.1.1.1';

export const PB_257 = '1.2.804.2.1.1.1.1.3.1.1.2.6';

/** Bytes of a compressed point. */
const POINT = 33;

/** A key of DSTU 4145. */
export interface DstuKey {
  /** Its object identifier, or that it has none. */
  curve: string;
  /** The compressed point, little-endian, if it is one of the curve PB-257; undefined: it is damaged. */
  point: Buffer | undefined;
  /** It comes with a substitution table that is not the usual one. */
  otherTable: boolean;
}

/** The key of a certificate: BIT STRING { OCTET STRING }, its parameters { curve, DKE OPTIONAL }; undefined: of another kind. */
export function dstuKeyOf({ subjectPublicKeyInfo }: Certificate): DstuKey | undefined {
  const { algorithm, subjectPublicKey } = subjectPublicKeyInfo;
  const { algorithmId, algorithmParams } = algorithm;
  if (algorithmId !== LITTLE_ENDIAN && algorithmId !== BIG_ENDIAN) return undefined;
  const [curve, table] = childrenOf(algorithmParams as BaseBlock);
  const point = pointOf(subjectPublicKey.valueBlock.valueHexView);
  if (algorithmId === BIG_ENDIAN) point?.reverse();
  return { curve: curveOf(curve), point, otherTable: isOtherTable(table) };
}

function pointOf(bytes: Uint8Array): Buffer | undefined {
  const { offset, result } = fromBER(bytes, LIMITS);
  if (offset === -1 || !(result instanceof OctetString)) return undefined;
  const point = Buffer.from(result.getValue());
  return point.length === POINT ? point : undefined;
}

/** Parameters of a digest or a key may name a table of substitutions, packed. */
export function isOtherTable(block: unknown): boolean {
  return block instanceof OctetString && Buffer.from(block.getValue()).toString('hex') !== DKE_1;
}

/** Its object identifier, also where it is spelled out in one of two ways. */
function curveOf(curve: BaseBlock | undefined): string {
  if (curve instanceof ObjectIdentifier) return curve.getValue();
  const bytes = Buffer.from(curve?.valueBeforeDecodeView ?? []).toString('hex');
  return [spelledOut(B, BASE_POINT), spelledOut(turned(B), turned(BASE_POINT))].includes(bytes)
    ? PB_257
    : 'that its certificate spells out';
}

/** { { m 257, k 12 }, a 0, b, n, base point }, DER, as hexadecimal digits. */
function spelledOut(b: string, basePoint: string): string {
  return `307530070202010102010c0201000421${b}022100${ORDER.toString(16)}0421${basePoint}`;
}

function turned(hex: string): string {
  return Buffer.from(hex, 'hex').reverse().toString('hex');
}
