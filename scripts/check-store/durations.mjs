const UNITS = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** `2.3s` is 2300; of scenario files, see docs/reference/scenario.md. */
export function milliseconds(text) {
  const [, number, unit] = /^(-?[\d.]+) ?(ms|s|min|h|d)$/.exec(String(text)) ?? [];
  if (unit === undefined) throw new Error(`no duration: ${text}`);
  return Math.round(Number(number) * UNITS[unit]);
}

export const iso = (moment) => new Date(moment).toISOString();

/** `Retry-After` of `5s`, `-5s as date`, `5s as epoch seconds`: in whole seconds, never sooner than it is meant, and past where it is meant so. */
export function retryAfter(text, now, pace) {
  const [length, form] = String(text).split(' as ');
  const after = milliseconds(length) / pace;
  if (form === undefined) return String(Math.ceil(after / 1000));
  const seconds = (after < 0 ? Math.floor : Math.ceil)((now + after) / 1000);
  if (form === 'epoch seconds') return String(seconds);
  if (form === 'epoch milliseconds') return String(Math.ceil(now + after));
  return new Date(seconds * 1000).toUTCString();
}
