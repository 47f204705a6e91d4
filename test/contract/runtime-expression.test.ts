import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../src/contract/runtime-expression.js';

const OF = {
  url: 'https://api.example/v1/jobs?queue=fast',
  method: 'POST',
  status: 201,
  request: {
    path: { tenant: 'acme' },
    query: { queue: 'fast' },
    headers: { 'x-callback-url': 'https://mis.example/hook', 'content-type': 'application/json' },
    body: { 'a/b': 'slash', callbacks: [{ url: 'https://first.example' }], events: ['done'] },
  },
  response: {
    headers: { location: '/v1/jobs/7' },
    body: { id: 7, failed: false },
  },
};

describe('a runtime expression', () => {
  it.each([
    ['$url', OF.url],
    ['{$method}', 'POST'],
    ['$statusCode', 201],
    ['{$request.header.X-Callback-Url}', 'https://mis.example/hook'],
    ['{$request.query.queue}', 'fast'],
    ['{$request.path.tenant}', 'acme'],
    ['$request.body#/callbacks/0/url', 'https://first.example'],
    ['{$request.body#/a~1b}', 'slash'],
    ['{$request.body#/events}', ['done']],
    ['{$response.header.Location}', '/v1/jobs/7'],
    ['{$response.body#/id}', 7],
    [
      'https://{$request.path.tenant}.example?id={$response.body#/id}&ok={$response.body#/failed}',
      'https://acme.example?id=7&ok=false',
    ],
    ['https://plain.example/hook', 'https://plain.example/hook'],
  ])('reads %s', (text, value) => {
    expect(parseExpression(text)?.(OF)).toEqual(value);
  });

  it.each([
    ['{body.callbacks.0.url}', 'https://first.example'],
    ['{body.a/b}', 'slash'],
    ['{query.queue}', 'fast'],
    ['{header.X-Callback-Url}', 'https://mis.example/hook'],
    ['{path.tenant}', 'acme'],
  ])('may be written as bindings do: %s', (text, value) => {
    expect(parseExpression(text)?.(OF)).toEqual(value);
  });

  it('is nothing where the message has nothing, and so is a text around it', () => {
    expect(parseExpression('{body.nowhere.at.all}')?.(OF)).toBeUndefined();
    expect(parseExpression('https://{$request.query.host}/hook')?.(OF)).toBeUndefined();
    expect(parseExpression('{$request.body#/events/done/0}')?.(OF)).toBeUndefined();
  });

  it.each([
    '{callbackUrl}',
    '{$request.cookie.a}',
    '{$response.query.a}',
    '{}',
    '{$reqest.body}',
  ])('is none: %s', (text) => {
    expect(parseExpression(text)).toBeUndefined();
  });
});
