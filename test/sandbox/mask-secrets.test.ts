import { describe, expect, it } from 'vitest';
import { maskHeader, maskQuery, maskSecrets } from '../../src/sandbox/mask-secrets.js';
import { growth, LINEAR } from '../support/growth.js';

const TOKEN = 'c2xCZWQ0bXl0b2tlbg0123456789';
const ID = '6f1c2b1e-8f5d-4a8e-9a53-1b7c0a4d2e10';

describe('what another system is asked and answers', () => {
  it('shows the first characters of what is named like a credential', () => {
    const asked = `{"token": {"grant_type": "password", "email": "a@b.c", "password": "pa\\"ss12345"}}`;
    const shown = maskSecrets(asked, '/oauth/tokens', false);
    expect(shown).toContain('"grant_type": "password"');
    expect(shown).toContain('"email": "a@b.c"');
    expect(shown).not.toContain('12345');
    const answer = `{"access_token":"${TOKEN}","token_type":"Bearer","expires_in":3600}`;
    expect(maskSecrets(answer, '/x', true)).toBe(
      '{"access_token":"c2xC… (28 characters)","token_type":"Bearer","expires_in":3600}',
    );
  });

  it('shows no long word where tokens are handed out, whatever it is called, and every id', () => {
    const answer = `{"data": {"name": "access_token", "value": "${TOKEN}", "user_id": "${ID}"}}`;
    const shown = maskSecrets(answer, '/oauth/tokens', true);
    expect(shown).not.toContain(TOKEN);
    expect(shown).toContain(ID);
    expect(maskSecrets(answer, '/persons', true)).toContain(TOKEN);
  });

  it('masks a text that was cut, forms and queries', () => {
    expect(maskSecrets(`{"refresh_token": "${TOKEN}`, '/x', true)).not.toContain('0123');
    const form = 'grant_type=password&password=hunter22&client_id=mis';
    expect(maskSecrets(form, '/x', false)).toBe(
      'grant_type=password&password=hunt… (8 characters)&client_id=mis',
    );
    expect(maskQuery('?a=1&api_key=12345678')).toBe('?a=1&api_key=1234… (8 characters)');
  });

  it('masks headers that carry credentials, and leaves the rest', () => {
    expect(maskHeader('X-Auth-Token', '12345678')).toBe('1234… (8 characters)');
    expect(maskHeader('Set-Cookie', 'sid=12345678; Path=/')).toBe(
      'sid=1234… (8 characters); Path=/',
    );
    expect(maskHeader('Content-Type', 'text/plain')).toBe('text/plain');
  });

  it('takes a word of many million characters, as a credential and in a form', () => {
    const word = 'token_'.repeat(2_000_000);
    expect(maskSecrets(`"${word}"`, '/oauth', true)).toBe('"toke… (12000000 characters)"');
    expect(maskSecrets(`a=${word}`, '/x', false)).toBe(`a=${word}`);
    expect(maskSecrets(`{"token":"${word}"}`, '/x', false)).toBe(
      '{"token":"toke… (12000000 characters)"}',
    );
  });

  it.each([
    ['names of credentials', (size: number) => `"${'token_'.repeat(size)}`],
    ['fields of a form', (size: number) => 'a=&'.repeat(size)],
  ])('takes time that grows with the length of a text alone: %s', (_, text) => {
    expect(growth((size) => maskSecrets(text(size), '/oauth', true))).toBeLessThan(LINEAR);
  });
});
