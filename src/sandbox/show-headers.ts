const SECRET = /^(authorization|api-key|cookie|proxy-authorization|x-custom-psk|x-sandbox-token)$/i;

/**
 * Headers of a request as people may see them: secrets by their first characters only, equal ones stay
 * recognisable.
 * @param lines names and values in turn, a line each, as the journal keeps them
 */
export function showHeaders(lines: string): Record<string, string> {
  const raw = lines.split('\n');
  const headers: Record<string, string> = {};
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase();
    const value = raw[i + 1] ?? '';
    if (name === '__proto__') continue;
    headers[name] = isShownMasked(name) ? maskValue(value) : value;
  }
  return headers;
}

/** Headers that {@link showHeaders} masks. */
export function isShownMasked(name: string): boolean {
  return SECRET.test(name);
}

/** Its first characters, and how long it is. */
export function maskValue(value: string): string {
  const space = value.indexOf(' ') + 1;
  const shown = value.slice(0, Math.min(space + 4, Math.floor((value.length + space) / 2)));
  const { length } = value;
  return length === 0 ? '' : `${shown}… (${length} ${length === 1 ? 'character' : 'characters'})`;
}
