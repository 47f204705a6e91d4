import { describe, expect, it } from 'vitest';
import { send } from '../../support/client.js';
import { BACK, makeOauthClient, SCOPE } from '../../support/oauth.js';
import { openSandbox } from '../../support/sandbox.js';

async function open() {
  const { sandbox } = await openSandbox({ pack: 'esoz' });
  const oauth = makeOauthClient(sandbox);
  const page = (more: Record<string, string> = {}) => {
    const { client_id = '' } = oauth.begin;
    const asked = { client_id, redirect_uri: BACK, response_type: 'code', scope: SCOPE, ...more };
    return send('GET', `${sandbox.url}/sign-in?${new URLSearchParams(asked)}`);
  };
  const press = (html: string) =>
    send('POST', `${sandbox.url}/sign-in`, {
      body: new URLSearchParams(fieldsOf(html)).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
  return { sandbox, oauth, page, press };
}

/** The fields of the page's form, as a browser reads them. */
function fieldsOf(html: string): Record<string, string> {
  const plain = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  const inputs = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, plain(value)]));
}

describe('the page of one button', () => {
  it('leads back to the client with a code and its state', async () => {
    const { oauth, page, press } = await open();
    const shown = await page({ state: 'a b&c="d"' });
    expect(shown.status).toBe(200);
    expect(shown.text.match(/<button/g)).toHaveLength(1);
    const pressed = await press(shown.text);
    expect(pressed.status).toBe(303);
    const back = new URL(pressed.headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe('https://mis.example/back');
    expect(back.searchParams.get('from')).toBe('login');
    expect(back.searchParams.get('state')).toBe('a b&c="d"');
    const redeemed = await oauth.redeem(back.searchParams.get('code') ?? '');
    expect(redeemed.json.data.details.scope).toBe(SCOPE);
  });

  it('stands in no frame, runs nothing, and sends its form nowhere else', async () => {
    const { page } = await open();
    const { headers } = await page();
    expect(headers.get('x-frame-options')).toBe('deny');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self' /);
    expect(policy).toContain("form-action 'self' https://mis.example; frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('escapes whatever a request says', async () => {
    const { page } = await open();
    const evil = `"><script>alert('1')</script>&`;
    const { text } = await page({ scope: evil, state: evil });
    expect(text).not.toContain('<script');
    expect(fieldsOf(text)).toMatchObject({ scope: evil, state: evil });
  });

  it.each([
    [{ redirect_uri: 'javascript:alert(1)' }, 401],
    [{ redirect_uri: 'no address' }, 401],
    [{ client_id: '99999999-0000-4000-8000-000000000000' }, 401],
    [{ email: 'nobody@clinic.example' }, 401],
    [{ scope: '' }, 422],
  ])('is refused with %o', async (more, status) => {
    const { page } = await open();
    expect((await page(more as Record<string, string>)).status).toBe(status);
  });

  it('knows who is to sign in by the e-mail', async () => {
    const { oauth, page, press } = await open();
    const { text } = await page({ email: 'A.Bondar@clinic.example' });
    const back = new URL((await press(text)).headers.get('location') ?? '');
    const { json } = await oauth.redeem(back.searchParams.get('code') ?? '');
    expect(json.data.user_id).not.toBe(oauth.begin.user_id);
  });
});
