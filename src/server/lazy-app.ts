import type { IncomingMessage } from 'node:http';
import type { ServerOptions } from '../load/server-options.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { CalledAs } from './http/called-as.js';
import type { Handler } from './http/listen.js';
import type { Metrics } from './metrics/metrics.js';
import { suitesOf } from './suites.js';

export interface LazyApp {
  handle: Handler;
  load(): Promise<Handler>;
}

/** Express and the control API are imported when they are first needed; requests that come before wait. */
export function lazyApp(
  sandbox: Sandbox,
  url: string,
  calledAs: (req: IncomingMessage) => CalledAs,
  options: ServerOptions,
  metrics: Metrics,
): LazyApp {
  const { controlToken, cors } = options;
  const apis = () => sandbox.setup.apis;
  const suites = suitesOf(apis, options);
  let app: Handler | undefined;
  let loading: Promise<Handler> | undefined;
  const load = () => {
    loading ??= Promise.all([
      import('./app.js'),
      import('./control/control-api.js'),
      import('./authoring.js'),
      import('./carried/session-files.js'),
    ]).then(([{ makeApp }, { makeControlApi }, { Authoring }, { SessionFiles }]) => {
      const authoring = new Authoring(apis, options);
      const files = new SessionFiles(sandbox, options, options.readOnly);
      const tools = [suites, authoring, files, metrics] as const;
      const control = makeControlApi(sandbox, url, ...tools, calledAs, controlToken, cors);
      app = makeApp(control, sandbox.setup.maxBody);
      return app;
    });
    return loading;
  };
  const handle: Handler = (req, res) => {
    if (app) app(req, res);
    else void load().then((loaded) => loaded(req, res));
  };
  return { handle, load };
}
