import { describe, expect, it } from 'vitest';
import type { Route } from '../../src/contract/router.js';
import { routeHead } from '../../src/server/http/head-of-get.js';
import { send } from '../support/client.js';
import { openSandbox } from '../support/sandbox.js';

const MOVING = /^(date|connection|keep-alive)$/;

describe('HEAD of the control API', () => {
  it.each([
    '/health',
    '/scenarios',
    '/scenarios/slow',
    '/sessions',
    '/sessions/default/journal',
    '/no/such',
  ])('has the status and headers of GET, and no body: %s', async (path) => {
    const { sandbox } = await openSandbox();
    const url = `${sandbox.url}/__sandbox${path}`;
    const [got, head] = [await send('GET', url), await send('HEAD', url)];
    const fixed = (headers: Headers) =>
      [...headers].filter(([name]) => !MOVING.test(name) && name !== 'content-length');
    expect(head.status).toBe(got.status);
    expect(fixed(head.headers)).toEqual(fixed(got.headers));
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(0);
    expect(head.text).toBe('');
  });

  it('of a stream of events ends with its headers', async () => {
    const { sandbox } = await openSandbox();
    const head = await send('HEAD', `${sandbox.url}/__sandbox/sessions/default/events`);
    expect(head.headers.get('content-type')).toMatch(/^text\/event-stream/);
  });

  it('is not there where GET is not, and is named where it is', async () => {
    const { sandbox } = await openSandbox();
    const next = await send('HEAD', `${sandbox.url}/__sandbox/sessions/default/next`);
    expect(next.status).toBe(405);
    const health = await send('POST', `${sandbox.url}/__sandbox/health`, { body: {} });
    expect(health.headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('the route of HEAD', () => {
  const found = (id: string) =>
    ({ kind: 'found', operation: { id }, params: {} }) as unknown as Route;
  const contract = (operations: Record<string, string>) => (method: string) => {
    const id = operations[method];
    if (id) return found(id);
    const allow = Object.keys(operations);
    return (allow.length > 0 ? { kind: 'wrong method', allow } : { kind: 'unknown path' }) as Route;
  };

  it('is that of GET, unless the contract describes HEAD itself', () => {
    expect(routeHead(contract({ GET: 'read' }), 'HEAD', '/')).toEqual({
      route: found('read'),
      head: true,
    });
    const own = contract({ GET: 'read', HEAD: 'look' });
    expect(routeHead(own, 'HEAD', '/')).toEqual({ route: found('look'), head: false });
  });

  it('is none where there is no GET', () => {
    const { route, head } = routeHead(contract({ POST: 'make' }), 'HEAD', '/');
    expect({ kind: route.kind, head }).toEqual({ kind: 'wrong method', head: false });
    expect(routeHead(contract({}), 'HEAD', '/').route.kind).toBe('unknown path');
  });
});
