import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Request } from 'express';
import type { Stateless } from '../contract/stateless.js';
import { answerApi, answerUnreadable } from './api.js';
import type { ControlApi } from './control/control-api.js';
import type { Exchange } from './exchange.js';

/** RFC 9110 §15.5.14: longer bodies are refused with 413. */
const LONGEST_BODY = 1024 * 1024;

/** A request on its way through Express; `exchange` is there when it is for the API. */
export type Incoming = IncomingMessage & { exchange?: Exchange; body?: unknown; text?: string };

/** Everything but polls: the API's other operations, and the control API. */
export function makeApp(stateless: Stateless, control: ControlApi) {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(
    express.text({
      limit: LONGEST_BODY,
      type: () => true,
      defaultCharset: 'utf-8',
    }),
  );
  app.use((req, res) => {
    const incoming = req as Incoming;
    if (incoming.exchange) return answerApi(incoming.exchange, bodyOf(req), stateless);
    return control.answer(req, res, bodyOf(req));
  });
  const onUnreadable: ErrorRequestHandler = (error, req, res, next) => {
    const { exchange } = req as Incoming;
    if (res.headersSent) next(error);
    else if (exchange) answerUnreadable(exchange, error);
    else control.answerError(res, error);
  };
  app.use(onUnreadable);
  return app as (req: IncomingMessage, res: ServerResponse) => void;
}

/** The body as text; express.text leaves an object where none came. */
function bodyOf(req: Request): string | undefined {
  return typeof req.body === 'string' && req.body !== '' ? req.body : undefined;
}
