import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Request } from 'express';
import type { ControlApi } from './control/control-api.js';

/** What people and test helpers ask: the control API. Requests for the API itself never come here. */
export function makeApp(control: ControlApi, maxBody: number) {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(
    express.text({
      limit: maxBody,
      type: () => true,
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

/** The body as text; express.text leaves an object where none came. */
function bodyOf(req: Request): string | undefined {
  return typeof req.body === 'string' && req.body !== '' ? req.body : undefined;
}
