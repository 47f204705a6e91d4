import { isIPv4, isIPv6 } from 'node:net';

/**
 * The formats of strings and numbers that OpenAPI and JSON Schema name, each by the document that defines it. All take
 * a time that grows with the text's length alone.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 * @see https://spec.openapis.org/registry/format/
 */
export const STRINGS: Readonly<Record<string, (text: string) => boolean>> = {
  date: isDate,
  time: isTime,
  'date-time': isDateTime,
  duration: (text) => DURATION.test(text),
  uuid: (text) => UUID.test(text),
  email: isEmail,
  hostname: isHostname,
  ipv4: isIPv4,
  // RFC 4291 §2.2 knows no zone behind a percent sign.
  ipv6: (text) => isIPv6(text) && !text.includes('%'),
  uri: (text) => isUri(text, true),
  'uri-reference': (text) => isUri(text, false),
  'uri-template': isUriTemplate,
  // For pages and feeds: an address that a browser would follow.
  url: (text) => /^(?:https?|ftp):/i.test(text) && URL.canParse(text),
  'json-pointer': (text) => JSON_POINTER.test(text),
  'relative-json-pointer': (text) => RELATIVE_JSON_POINTER.test(text),
  regex: isRegex,
  byte: isBase64,
  base64url: (text) => /^[\w-]*={0,2}$/.test(text) && text.replace(/=+$/, '').length % 4 !== 1,
};

/** Numbers by what their type can hold; of whole numbers beyond 2^53 see `exact-numbers.ts`. */
export const NUMBERS: Readonly<Record<string, (value: number) => boolean>> = {
  int8: whole(-(2 ** 7), 2 ** 7 - 1),
  int16: whole(-(2 ** 15), 2 ** 15 - 1),
  int32: whole(-(2 ** 31), 2 ** 31 - 1),
  // The greatest doubles below the limits: what JSON says beyond them is read exactly.
  int64: whole(-(2 ** 63), 2 ** 63 - 1024),
  uint8: whole(0, 2 ** 8 - 1),
  uint16: whole(0, 2 ** 16 - 1),
  uint32: whole(0, 2 ** 32 - 1),
  uint64: whole(0, 2 ** 64 - 2048),
  // IEEE 754: the largest number of 32 bits is about 3.4e38.
  float: (value) => Number.isFinite(Math.fround(value)),
  double: Number.isFinite,
};

/** The same for texts that have become doubles: the limit itself may be one that was rounded. */
export const ROUNDED: typeof NUMBERS = {
  int64: whole(-(2 ** 63), 2 ** 63),
  uint64: whole(0, 2 ** 64),
};

function whole(least: number, most: number) {
  return (value: number) => Number.isInteger(value) && value >= least && value <= most;
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MINUTES_OF_DAY = 1440;

/** RFC 3339 §5.6, `full-date`, and §5.7: days that the month has. */
function isDate(text: string): boolean {
  const [, year = '', month = '', day = ''] = DATE.exec(text) ?? [];
  return Number(day) >= 1 && Number(day) <= daysOf(Number(year), Number(month));
}

/** 0 for a month that there is not. RFC 3339, Appendix C. */
function daysOf(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && !leap ? 28 : (DAYS[month - 1] ?? 0);
}

/** RFC 3339 §5.6, `full-time`: seconds, and an offset with its colon. */
function isTime(text: string): boolean {
  return minuteOf(text) !== undefined;
}

/**
 * RFC 3339 §5.6, `date-time`: `T` between date and time, in either case.
 * @example isDateTime('2025-03-03 00:00:01Z') is false, isDateTime('2025-03-03T00:00:01+0000') is false
 */
function isDateTime(text: string): boolean {
  const separator = text[10];
  if (separator !== 'T' && separator !== 't') return false;
  const date = text.slice(0, 10);
  const minute = minuteOf(text.slice(11));
  if (minute === undefined || !isDate(date)) return false;
  return !minute.leap || endsMonth(date, minute.ofDay);
}

/** Minute of the day in UTC, outside 0 to 1439 where that is another day; undefined for what is no time. */
function minuteOf(text: string): { ofDay: number; leap: boolean } | undefined {
  const found = TIME.exec(text);
  if (!found) return undefined;
  const [hour = 0, minute = 0, second = 0] = found.slice(1, 4).map(Number);
  const [hours = 0, minutes = 0] = found.slice(5, 7).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 60 || hours > 23 || minutes > 59) return undefined;
  const offset = (hours * 60 + minutes) * (found[4] === '-' ? -1 : 1);
  const ofDay = hour * 60 + minute - offset;
  const last = (ofDay + 2 * MINUTES_OF_DAY) % MINUTES_OF_DAY === MINUTES_OF_DAY - 1;
  return second < 60 || last ? { ofDay, leap: second === 60 } : undefined;
}

/** RFC 3339 §5.7: leap seconds come at the end of months, in UTC. */
function endsMonth(date: string, minuteOfDay: number): boolean {
  const after = new Date(`${date}T00:00:00Z`);
  after.setUTCMinutes(minuteOfDay + 1);
  return after.getUTCDate() === 1;
}

/** RFC 3339, Appendix A: no fractions, and no unit is left out between two others. */
const TIMES = '(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)';
const DAYS_OF_DURATION = '(?:\\d+Y(?:\\d+M(?:\\d+D)?)?|\\d+M(?:\\d+D)?|\\d+D)';
const DURATION = new RegExp(`^P(?:${DAYS_OF_DURATION}(?:T${TIMES})?|T${TIMES}|\\d+W)$`);

/** RFC 9562 §4; a URN of one is a `uri`. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const ATOM = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const QUOTED = /^"(?:[ !#-[\]-~]|\\[ -~])*"$/;

/** RFC 5321 §4.1.2, `Mailbox`, with the lengths of §4.5.3.1. */
function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (at < 1 || local.length > 64 || domain.length > 255) return false;
  if (!ATOM.test(local) && !QUOTED.test(local)) return false;
  if (!domain.startsWith('[')) return isHostname(domain);
  const literal = /^\[(IPv6:)?(.*)\]$/i.exec(domain);
  if (!literal) return false;
  return literal[1] ? isIPv6(literal[2] ?? '') : isIPv4(literal[2] ?? '');
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** RFC 1123 §2.1: letters, digits and hyphens, 63 in a label and 253 in all. */
function isHostname(text: string): boolean {
  if (text.length > 253) return false;
  return text.split('.').every((label) => LABEL.test(label) && isPlainOrPunycode(label));
}

/** RFC 5891 §4.2.3.1: hyphens in the third and fourth place are those of an A-label. */
function isPlainOrPunycode(label: string): boolean {
  if (label.slice(2, 4) !== '--') return true;
  return /^xn--/i.test(label) && URL.canParse(`http://${label}.example`);
}

/** RFC 3986, Appendix B: scheme, authority, path, query, fragment. */
const PARTS = /^(?:([^:/?#]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/;
const SCHEME = /^[a-z][a-z0-9+.-]*$/i;
/** `pchar` and slashes; what may stand in a query and a fragment besides. */
const PATH = /^(?:[\w.~!$&'()*+,;=:@/-]|%[0-9a-f]{2})*$/i;
const TAIL = /^(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*$/i;
const USER = /^(?:[\w.~!$&'()*+,;=:-]|%[0-9a-f]{2})*$/i;
const NAME = /^(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*$/i;
const IP_FUTURE = /^v[0-9a-f]+\.[\w.~!$&'()*+,;=:-]+$/i;

/** RFC 3986 §3 and §4.1. */
function isUri(text: string, absolute: boolean): boolean {
  const found = PARTS.exec(text);
  if (!found) return false;
  const [, scheme, authority, path = '', query = '', fragment = ''] = found;
  if (scheme === undefined ? absolute : !SCHEME.test(scheme)) return false;
  return (
    PATH.test(path) &&
    TAIL.test(query) &&
    TAIL.test(fragment) &&
    (authority === undefined || isAuthority(authority))
  );
}

/** RFC 3986 §3.2. */
function isAuthority(text: string): boolean {
  const at = text.indexOf('@');
  if (at !== -1 && !USER.test(text.slice(0, at))) return false;
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(text.slice(at + 1)) ?? [];
  if (port !== undefined && !/^\d*$/.test(port)) return false;
  if (text.slice(at + 1) !== host + (port === undefined ? '' : `:${port}`)) return false;
  if (!host.startsWith('[')) return NAME.test(host);
  const literal = host.slice(1, -1);
  return (isIPv6(literal) && !literal.includes('%')) || IP_FUTURE.test(literal);
}

/** RFC 6570 §2: literals, and expressions of variables. */
const EXPRESSION =
  /^[+#./;?&=,!@|]?(?:[\w]|%[0-9a-f]{2})(?:\.?(?:\w|%[0-9a-f]{2}))*(?::[1-9]\d{0,3}|\*)?$/i;
/** RFC 6570 §2.1, as corrected by erratum 6937. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it leaves out
const LITERAL = /^(?:[^\x00-\x20\x7f"<>%\\^`{|}]|%[0-9a-f]{2})*$/i;

function isUriTemplate(text: string): boolean {
  return text.split('{').every((part, i) => {
    if (i === 0) return LITERAL.test(part);
    const end = part.indexOf('}');
    if (end === -1 || !LITERAL.test(part.slice(end + 1))) return false;
    const [first = '', ...others] = part.slice(0, end).split(',');
    return (
      EXPRESSION.test(first) && others.every((name) => /^\w|^%/.test(name) && EXPRESSION.test(name))
    );
  });
}

/** RFC 6901 §3. */
const JSON_POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;
const RELATIVE_JSON_POINTER = /^(?:0|[1-9]\d*)(?:#|(?:\/(?:[^~/]|~[01])*)*)$/;

/** ECMA-262, as JSON Schema §6.4 asks: with Unicode. */
function isRegex(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

/** RFC 4648 §4, without line breaks (§3.1). */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
