import { isJson, mediaTypeOf } from './media-type.js';

/** What is sent where a contract only names a range of media types. */
const OF_RANGE: Record<string, string> = {
  application: 'application/json',
  text: 'text/plain',
  image: 'image/png',
  audio: 'audio/mpeg',
  video: 'video/mp4',
};

/**
 * A media type of a contract as an answer can bear it: a range (`image/*`) becomes one of its members.
 * @param wanted what the header Accept names; the first member of the range that it names is taken
 */
export function concreteType(declared: string, value: unknown, wanted = ''): string {
  const type = mediaTypeOf(declared);
  if (!type.includes('*')) return declared;
  const group = type.slice(0, type.indexOf('*'));
  const asked = wanted.split(',').map(mediaTypeOf);
  const member = asked.find((one) => !one.includes('*') && one.startsWith(group) && one !== '');
  if (member !== undefined) return member;
  if (type.startsWith('*/')) return typeof value === 'string' ? 'text/plain' : 'application/json';
  return OF_RANGE[type.split('/', 1)[0] as string] ?? 'application/json';
}

/**
 * A value as text of a media type: JSON unless it is a text already.
 * @param asXml writes a value that is no text as XML
 */
export function textOf(
  value: unknown,
  contentType: string,
  asXml: (value: unknown) => string,
): string {
  const type = mediaTypeOf(contentType);
  if (value === undefined) return '';
  if (isJson(type)) return JSON.stringify(value);
  if (typeof value === 'string') return value;
  if (/[/+]xml$/.test(type)) return asXml(value);
  if (type === 'application/x-www-form-urlencoded' && typeof value === 'object') {
    const pairs = Object.entries(value ?? {}).map(([k, v]): [string, string] => [k, String(v)]);
    return new URLSearchParams(pairs).toString();
  }
  return JSON.stringify(value);
}
