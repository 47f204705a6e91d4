// How a medical information system talks to the platform, as public ones do: good or bad, these are habits that an
// installation has to live with.

/** Milliseconds that it waits for an answer. */
const TIMEOUT = 100_000;

/** Nothing has come back. */
class NoConnection extends Error {}

/** An answer that is no success. */
export class Refused extends Error {
  constructor({ status, body, text }) {
    super(wordsOf(body) ?? text.slice(0, 200));
    this.status = status;
    this.body = body;
  }
}

/** Some operations count as done by these alone, whatever else is a success. */
export const PLAIN = [200, 201];

/**
 * @param {object} given
 * @param given.url where the platform is
 * @param given.ask sends one request: `(method, url, {headers, body, timeout})` gives `{status, text}`; throws where
 *   nothing comes back. It follows no redirect: a 303 is read as it is.
 * @param given.credentials `{token, apiKey, psk}`
 */
export class Platform {
  constructor({ url, ask, credentials = {} }) {
    this.url = url;
    this.ask = ask;
    this.credentials = { ...credentials };
  }

  get(path) {
    return this.send('GET', path);
  }

  post(path, body) {
    return this.send('POST', path, body);
  }

  patch(path, body) {
    return this.send('PATCH', path, body);
  }

  /** Successes and redirects are answers; anything else is thrown. */
  async send(method, path, body) {
    const answer = await this.#asked(method, path, body);
    if (answer.status >= 200 && answer.status < 400) return answer;
    throw new Refused(answer);
  }

  async #asked(method, path, body) {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    let answer;
    try {
      answer = await this.ask(method, this.url + path, {
        headers: this.#headers(),
        timeout: TIMEOUT,
        ...sent,
      });
    } catch (problem) {
      throw new NoConnection(String(problem));
    }
    const read = json(answer.text);
    return { ...answer, body: read, data: read?.data ?? [] };
  }

  #headers() {
    const { token, apiKey, psk } = this.credentials;
    const headers = { 'X-Custom-PSK': psk, 'API-key': apiKey, Accept: 'application/json' };
    const typed = { ...headers, 'Content-Type': 'application/json' };
    return token === undefined ? typed : { ...typed, Authorization: `Bearer ${token}` };
  }

  /** Signs in without a browser: password, code, token. Whatever lacks a field that it wants is no success. */
  async signIn({ email, password, mis, legalEntity, scope, back }) {
    const logged = await this.post('/auth/login', {
      token: { grant_type: 'password', email, password, client_id: mis, scope: 'app:authorize' },
    });
    this.credentials.token = wanted(logged.data, 'value');
    const app = { client_id: legalEntity, redirect_uri: back, scope };
    const authorized = await this.post('/oauth/apps/authorize', { app });
    const token = {
      grant_type: 'authorization_code',
      client_id: legalEntity,
      client_secret: this.credentials.apiKey,
      code: wanted(authorized.data, 'value'),
      redirect_uri: back,
      scope,
    };
    const { data } = await this.post('/oauth/tokens', { token });
    this.credentials.token = wanted(data, 'value');
    this.refreshToken = wanted(data, 'details.refresh_token');
  }
}

/** A document as the signature program gives it; a sandbox takes it without the signature. */
export function signed(document) {
  return Buffer.from(JSON.stringify(document)).toString('base64');
}

/** What a path leads to; undefined where there is nothing. */
export function at(value, path) {
  return path.split('.').reduce((found, key) => found?.[key], value);
}

function wanted(data, path) {
  const found = at(data, path);
  if (typeof found !== 'string') throw new Error(`the answer has no ${path}`);
  return found;
}

/** What a refusal says: each place that is invalid, else its message, wherever that stands. */
function wordsOf(body) {
  const places = at(body, 'error.invalid') ?? [];
  const told = places.flatMap(({ entry, rules = [] }) =>
    rules.map(({ description }) => `${entry}: ${description}`),
  );
  if (told.length > 0) return told.join(' | ');
  const said = at(body, 'error.message') ?? at(body, 'details.errorMessage');
  return said ?? body?.description;
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
