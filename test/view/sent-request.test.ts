import { describe, expect, it } from 'vitest';
import { SNIPPETS } from '../../src/view/snippets/index.js';

const curlOf = (headers: Record<string, string>) =>
  SNIPPETS.curl?.({ method: 'GET', url: 'http://127.0.0.1:4010/api/x', headers });

describe('a request to copy', () => {
  it('has no header that a browser has added by itself', () => {
    const added = {
      'sec-fetch-mode': 'cors',
      'sec-ch-ua': '"Chromium"',
      'User-Agent': 'Mozilla/5.0',
      'accept-language': 'uk',
      origin: 'http://127.0.0.1:4010',
      referer: 'http://127.0.0.1:4010/',
      priority: 'u=1',
      dnt: '1',
    };
    const own = { accept: 'application/json', 'X-Mine': 'y' };
    expect(curlOf({ ...added, ...own })).toBe(curlOf(own));
  });

  it('has the headers of a client that says what a browser would', () => {
    const copied = curlOf({ 'User-Agent': 'MIS/1.2', 'accept-language': 'uk' });
    expect(copied).toContain("-H 'User-Agent: MIS/1.2'");
    expect(copied).toContain("-H 'accept-language: uk'");
  });
});
