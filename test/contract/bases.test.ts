import { describe, expect, it } from 'vitest';
import { basesOf } from '../../src/contract/bases.js';

describe('paths of servers', () => {
  it.each([
    ['https://api.example.com/v1/', ['/v1']],
    ['https://api.example.com', []],
    ['/v2', ['/v2']],
    ['v2', ['/v2']],
    ['https://{tenant}.example.com/{version}/x', ['/v1/x', '/v2/x']],
    ['https://example.com/{unknown}', []],
    ['not an address {', []],
    ['https://example.com/a%20b', ['/a%20b']],
  ])('%s: %j', (url, bases) => {
    const variables = {
      tenant: { default: 'a' },
      version: { default: 'v1', enum: ['v1', 'v2'] },
    };
    expect(basesOf([{ url, variables }])).toEqual(bases);
  });
});
