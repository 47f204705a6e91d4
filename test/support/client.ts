/** What a test wants to know of an answer. */
export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of many shapes
  json: any;
}

export const CREDENTIALS = { Authorization: 'Bearer test-token', 'api-key': 'test-key' };

/** The same with another token. */
export function renewed(credentials: typeof CREDENTIALS): typeof CREDENTIALS {
  return { ...credentials, Authorization: `${credentials.Authorization}-renewed` };
}

/** Sends one request and follows nothing; the body is read whole, and parsed when it is JSON. */
export async function send(
  method: string,
  url: string,
  {
    body,
    headers = {},
    signal,
  }: { body?: unknown; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Answered> {
  const raw = typeof body === 'string' || body instanceof Uint8Array ? body : undefined;
  const media = body instanceof Uint8Array ? 'application/octet-stream' : 'application/json';
  const type: Record<string, string> = body === undefined ? {} : { 'Content-Type': media };
  const answer = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...type, ...headers },
    ...(signal ? { signal } : {}),
    ...(body === undefined ? {} : { body: (raw as BodyInit | undefined) ?? JSON.stringify(body) }),
  });
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    await Promise.race([answer.arrayBuffer(), stuck(answer)]),
  );
  return { status: answer.status, headers: answer.headers, text, json: parse(text) };
}

/** Node's fetch may wait for ever for a body that cannot be unpacked, where it fails at other times. */
function stuck({ headers }: Response): Promise<never> {
  return new Promise((_, fail) => {
    if (!headers.has('content-encoding')) return;
    const error = new TypeError('terminated', { cause: { code: 'Z_DATA_ERROR' } });
    setTimeout(() => fail(error), 5000).unref();
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A client of the Compositions API that does no more than it is told. */
export function makeClient(base: string) {
  let credentials = CREDENTIALS;
  const api = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => send(method, `${base}/api${path}`, { body, headers: { ...credentials, ...headers } });
  return {
    api,
    /** Takes a new token. */
    renew: () => {
      credentials = renewed(credentials);
    },
    create: (body: unknown, headers?: Record<string, string>) =>
      api('POST', '/patients/composition', body, headers),
    /** `signal` makes the client leave before its answer has come. */
    poll: (job: string, signal?: AbortSignal) =>
      send('GET', `${base}/api/patients/composition/job/${job}`, {
        headers: credentials,
        ...(signal ? { signal } : {}),
      }),
    sign: (id: string, data: string) => api('PATCH', `/patients/composition/${id}/sign`, { data }),
    cancel: (id: string, data: string) =>
      api('PATCH', `/patients/composition/${id}/cancel`, { data }),
    resend: (id: string) => api('PATCH', `/patients/composition/${id}/erln`),
    read: (patient: string, encounter: string, id: string) =>
      api('GET', `/patients/${patient}/encounter/${encounter}/composition/${id}`),
    search: (query: string) => api('GET', `/patients/searchComposition?${query}`),
  };
}

/** Plain JSON in base64: taken in the place of a signature container. */
export function base64(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64');
}
