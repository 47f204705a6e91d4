import { onTestFinished } from 'vitest';

/** One server-sent event; `data` is parsed. */
export interface ServerSentEvent {
  event: string;
  id: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: events of several shapes
  data: any;
}

/** Opens a stream of server-sent events (WHATWG HTML §9.2) and reads it event by event. */
export async function openEvents(url: string, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const answer = await fetch(url, { headers, signal: abort.signal });
  if (!answer.body) throw new Error(`${url} has answered ${answer.status} without a body`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<ServerSentEvent | undefined> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end === -1) {
        const { done, value } = await reader.read();
        if (done) return undefined;
        text += value;
        continue;
      }
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const event = readBlock(block);
      if (event) return event;
    }
  };
  return {
    status: answer.status,
    headers: answer.headers,
    /** The next event; undefined when the stream has ended. */
    next,
    /** The next events. */
    take: async (count: number) => {
      const events: ServerSentEvent[] = [];
      for (let i = 0; i < count; i += 1) {
        const event = await next();
        if (!event) throw new Error(`the stream has ended after ${i} of ${count} events`);
        events.push(event);
      }
      return events;
    },
    close: () => abort.abort(),
  };
}

/** Undefined for a block of comments only. */
function readBlock(block: string): ServerSentEvent | undefined {
  const fields = new Map(
    block
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(':'))
      .map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trimStart()] as const;
      }),
  );
  const data = fields.get('data');
  if (data === undefined) return undefined;
  return { event: fields.get('event') ?? 'message', id: fields.get('id'), data: JSON.parse(data) };
}
