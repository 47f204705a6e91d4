import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Request } from 'express';
import { type ControlApi, takesBytes } from './control/control-api.js';
import { readAddress } from './http/address.js';

/** Files of sessions have a limit of their own, in bytes: what is longer is said by who reads it. */
const MOST_BYTES = 65 * 1024 ** 2;

/** What people and test helpers ask: the control API. Requests for the API itself never come here. */
export function makeApp(control: ControlApi, maxBody: number) {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((req, _, next) => {
    if (takesBytes(pathOf(req))) control.admit(req);
    next();
  });
  app.use(express.raw({ limit: MOST_BYTES, type: (req) => takesBytes(pathOf(req)) }));
  app.use(
    express.text({
      limit: maxBody,
      type: (req) => !takesBytes(pathOf(req)),
      defaultCharset: 'utf-8',
    }),
  );
  app.use((req, res) => control.answer(req, res, bodyOf(req)));
  const onUnreadable: ErrorRequestHandler = (error, _, res, next) => {
    if (res.headersSent) next(error);
    else control.answerError(res, error);
  };
  app.use(onUnreadable);
  return app as (req: IncomingMessage, res: ServerResponse) => void;
}

function pathOf({ url = '' }: IncomingMessage): string {
  return readAddress(url).path;
}

/** The body as text or bytes; express leaves an object where none came. */
function bodyOf(req: Request): string | Buffer | undefined {
  if (Buffer.isBuffer(req.body)) return req.body;
  return typeof req.body === 'string' && req.body !== '' ? req.body : undefined;
}
