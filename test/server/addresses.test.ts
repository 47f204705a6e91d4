import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addressesOf, bareHost } from '../../src/server/http/own-address.js';
import { startServer } from '../../src/server/server.js';

/** Addresses of this machine that others may call. */
const OUTSIDE = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .filter(({ internal, address }) => !internal && !/^(fe[89ab]|169\.254\.)/i.test(address));

describe('the address of a sandbox', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:4010'],
    ['0.0.0.0', 'http://127.0.0.1:4010'],
    ['::', 'http://localhost:4010'],
    ['0:0:0:0:0:0:0:0', 'http://localhost:4010'],
    ['::1', 'http://[::1]:4010'],
    ['fe80::1%eth0', 'http://[fe80::1%25eth0]:4010'],
    ['mis.example', 'http://mis.example:4010'],
  ])('on %s is one that can be called: %s', (host, url) => {
    expect(addressesOf('http', host, 4010)[0]).toBe(url);
  });

  it('is [::1] with and without brackets', () => {
    expect([bareHost('[::1]'), bareHost('::1'), bareHost('localhost')]).toEqual([
      '::1',
      '::1',
      'localhost',
    ]);
  });

  it.each([
    ['0.0.0.0', ['IPv4']],
    ['::', ['IPv4', 'IPv6']],
  ])('on %s is told with those that others can call', async (host, families) => {
    const server = await startServer({ port: 0, host, controlToken: 's' });
    onTestFinished(server.close);
    const { port } = new URL(server.url);
    const wanted = OUTSIDE.filter(({ family }) => families.includes(family)).map(
      ({ address, family }) => `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    );
    expect(server.addresses).toEqual([server.url, ...wanted]);
    const headers = { 'X-Sandbox-Token': 's' };
    for (const address of server.addresses) {
      const answer = await fetch(`${address}/__sandbox/health`, { headers });
      expect(((await answer.json()) as { url: string }).url).toBe(address);
    }
  });
});
