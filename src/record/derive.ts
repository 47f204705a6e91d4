import { createHmac } from 'node:crypto';

/** Makes up what takes a value's place: the same for the same value, and not to be traced back without the key. */
export type Derive = ReturnType<typeof makeDerive>;

const CYRILLIC = 'абвгдежзиклмнопрстуфхцчшю';

/** @param key random, of one run */
export function makeDerive(key: Uint8Array) {
  const bytes = (kind: string, value: string): Buffer =>
    createHmac('sha256', key).update(`${kind}\0${value}`).digest();

  /** RFC 9562 §5.8 leaves everything but version and variant free; 4 is what systems expect. */
  const uuid = (value: string): string => {
    const hash = bytes('uuid', value.toLowerCase());
    hash[6] = ((hash[6] as number) & 0x0f) | 0x40;
    hash[8] = ((hash[8] as number) & 0x3f) | 0x80;
    const hex = hash.toString('hex');
    return [8, 12, 16, 20, 32].map((end, i, ends) => hex.slice(ends[i - 1] ?? 0, end)).join('-');
  };

  /** The same form: digits for digits, letters for letters; what is neither stays. */
  const alike = (value: string): string => {
    const stream = [0, 1, 2, 3].flatMap((n) => [...bytes(`alike${n}`, value)]);
    let at = 0;
    const pick = (from: string) => from[(stream[at++ % stream.length] as number) % from.length];
    return value
      .replace(/\d/g, () => pick('0123456789') as string)
      .replace(/[a-f]/g, () => pick('abcdef') as string)
      .replace(/[g-z]/g, () => pick('ghijkmnpqrstuvwxyz') as string)
      .replace(/[A-Z]/g, () => pick('ABCDEFGHKMNPRSTUVWXYZ') as string)
      .replace(/\p{Script=Cyrillic}/gu, (c) => {
        const letter = pick(CYRILLIC) as string;
        return c === c.toUpperCase() ? letter.toUpperCase() : letter;
      });
  };

  /** A day between 1930 and 2009. */
  const day = (value: string): string => {
    const hash = bytes('day', value);
    const moment = Date.UTC(1930, 0, 1 + (hash.readUInt32BE(0) % 29_219));
    return new Date(moment).toISOString().slice(0, 10);
  };

  /** `name-3f9a1c2b`: says what stood there. */
  const word = (kind: string, value: string): string =>
    `${kind}-${bytes(kind, value).toString('hex').slice(0, 8)}`;

  return { uuid, alike, day, word };
}
