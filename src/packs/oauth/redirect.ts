/** Where a code may be sent to: a browser would follow nothing but these from a form. */
export function isRedirect(uri: string): boolean {
  return URL.canParse(uri) && /^https?:$/.test(new URL(uri).protocol);
}

/** The client's own address with the code, and its state, beside whatever stands there already (RFC 6749 §4.1.2). */
export function redirectTo(uri: string, code: string, state?: string): string {
  const url = new URL(uri);
  url.searchParams.set('code', code);
  if (state !== undefined && state !== '') url.searchParams.set('state', state);
  return url.href;
}
