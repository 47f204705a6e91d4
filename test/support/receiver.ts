import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A webhook, as its receiver gets it. */
export interface Received {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of many shapes
  json: any;
}

/** The status that it answers, with headers if there are any; undefined: it never answers. */
type Answer = number | { status: number; headers: Record<string, string> } | undefined;

/** A client's own server for one test, which keeps what it gets. */
export async function openReceiver(
  take: (received: Received, count: number) => Answer | Promise<Answer> = () => 204,
) {
  const received: Received[] = [];
  const server = createServer(async (req, res) => {
    let text = '';
    for await (const part of req) text += part;
    const { method = '', url: path = '', headers } = req;
    const one = { method, path, headers, text, json: text === '' ? undefined : JSON.parse(text) };
    received.push(one);
    const answer = await take(one, received.length);
    if (answer === undefined) return;
    const { status, headers: own } =
      typeof answer === 'number' ? { status: answer, headers: {} } : answer;
    res.writeHead(status, own).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { url, received, close };
}
