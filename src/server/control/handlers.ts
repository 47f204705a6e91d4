import type { ControlledSession } from '../../sandbox/control/controlled-session.js';
import type { ExampleChoice, SandboxControl } from '../../sandbox/control/sandbox-control.js';
import type { JournalFilter } from '../../sandbox/journal.js';
import { DEFAULT_SESSION } from '../../sandbox/sandbox.js';
import { MissingPart } from '../../sandbox-error.js';
import type { Authoring } from '../authoring.js';
import { FILE_ENDING } from '../carried/session-file.js';
import type { SessionFiles } from '../carried/session-files.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Suites } from '../suites.js';
import { contractOf } from './contract-handler.js';
import type { ControlAnswer, ControlRequest } from './control-request.js';
import { answerReport, answerVerdict } from './verdict-handler.js';

/** Of a file, which is no text. */
const BYTES = 'application/octet-stream';

type Handler = (request: ControlRequest) => ControlAnswer | Promise<ControlAnswer>;

/** One function an operation of `spec/control/openapi.yaml`, by operationId. */
export function makeHandlers(
  control: SandboxControl,
  suites: Suites,
  authoring: Authoring,
  files: SessionFiles,
  metrics: Metrics,
): Readonly<Record<string, Handler>> {
  /** An operation on one session. */
  const on =
    (show: (session: ControlledSession, request: ControlRequest) => unknown): Handler =>
    (request) =>
      ok(show(control.session(request.params.session ?? ''), request));
  /** A session as it stood after the exchange that is asked for, else as it is. */
  const standing = async (name: string, at: unknown) => {
    const session = control.session(name);
    return at === undefined ? session : session.as(await files.at(name, at as number));
  };
  /** An operation that reads one session, as it is or as it stood. */
  const reading =
    (show: (session: ControlledSession, request: ControlRequest) => unknown): Handler =>
    async (request) => {
      const { params, query } = request;
      return ok(await show(await standing(params.session ?? '', query.at), request));
    };

  return {
    getHealth: () => ok(control.health()),
    getMetrics: async () => {
      const { mediaType, text } = await metrics.read();
      return { status: 200, body: text, mediaType };
    },
    getReady: async () => ok(await control.ready()),
    listScenarios: ({ query }) => ok({ scenarios: control.scenarios(query.lives === true) }),
    getScenario: async ({ params }) => {
      const name = params.name ?? '';
      return ok({ ...control.scenario(name), ...(await authoring.text(control.scripted(name))) });
    },
    saveScenario: async ({ params, body }) => {
      const { created, ...saved } = await authoring.save(params.name ?? '', body);
      return { status: created ? 201 : 200, body: saved };
    },
    lintScenario: async ({ body }) => ok(await authoring.lint(body)),
    getScenarioSchema: async ({ query }) => ok(await authoring.schema(query.api as string)),
    getVocabulary: ({ query }) => ok(control.vocabulary(query.operation as string | undefined)),
    getExampleRequest: ({ params, query }) =>
      ok(control.exampleRequest(params.operation ?? '', query as ExampleChoice)),
    getExample: ({ params, query }) =>
      ok(control.example(params.operation ?? '', query.api as string | undefined)),
    listContracts: () => ok({ contracts: control.contracts() }),
    getContract: async ({ params, query }) =>
      ok(await contractOf(control, params.contract ?? '', query.session as string | undefined)),
    listSuites: async () => ok({ suites: control.suites(await suites.all()) }),
    getSuite: async ({ params }) => {
      const name = params.name ?? '';
      return ok(control.suite(name, await suites.find(name)));
    },
    getWorld: () => ok(control.session(DEFAULT_SESSION).world()),
    getUnnamed: () => ok(control.unnamed()),
    leadUnnamed: ({ body }) => ok(control.leadUnnamed(body.session)),
    listSessions: () => ok({ sessions: control.sessions() }),

    getSession: reading((session) => session.show()),
    putSession: async ({ params, body }) => {
      const { suite, course, ...settings } = body ?? {};
      const own = typeof suite === 'string' ? await suites.find(suite) : suite;
      return ok(control.session(params.session ?? '').set(settings, { suite: own, course }));
    },
    deleteSession: ({ params }) => {
      control.session(params.session ?? '').reset();
      return { status: 204 };
    },
    handOutToken: ({ params, body }) => {
      const handed = control.session(params.session ?? '').token(body?.scopes);
      return { status: 201, body: handed };
    },
    endToken: on((session, { body }) => session.endToken(body ?? {})),
    restoreTokens: on((session) => session.restoreTokens()),
    getClock: on((session) => session.clock()),
    advanceClock: on((session, { body }) => session.advance(body.by)),
    queueScenario: async ({ params, body }) => {
      const session = control.session(params.session ?? '');
      if (body.yaml === undefined && body.scenario === undefined) {
        throw new MissingPart(
          '$.scenario',
          'the key "scenario" is missing, or "yaml" in its place',
        );
      }
      if (body.yaml === undefined) return ok(session.queue(body.scenario, body));
      return ok(session.queueOwn(await authoring.read(body), body));
    },
    clearQueue: on((session) => session.clearQueue()),
    listJobs: reading((session, { query }) =>
      session.jobs(query as { state?: string; limit?: number }),
    ),
    getJob: reading((session, { params }) => session.job(params.job ?? '')),
    holdJob: on((session, { params }) => session.hold(params.job ?? '')),
    playJob: async ({ params, body }) =>
      ok(await control.session(params.session ?? '').play(params.job ?? '', body.next)),
    getJobScenario: async ({ params, query }) => ({
      status: 200,
      mediaType: 'application/yaml',
      body: await control.session(params.session ?? '').scenarioOf(params.job ?? '', query),
    }),
    releaseJob: on((session, { params }) => session.release(params.job ?? '')),
    readJournal: reading((session, { query }) => {
      const { at: _, ...filter } = query;
      return session.journal(filter as JournalFilter);
    }),
    getSessionWorld: reading((session) => session.world()),
    listResources: reading((session, { query }) => session.resources(query as { limit?: number })),
    seedResource: ({ params, body }) => {
      const made = control.session(params.session ?? '').seed(body.document);
      return { status: 201, body: made };
    },
    getVerdict: async (request) => {
      const session = await standing(request.params.session ?? '', request.query.at);
      return answerVerdict(session.read(), request, suites);
    },
    getReport: (request) =>
      answerReport(async (name) => (await standing(name, request.query.at)).read(), request),
    saveSession: async ({ params, query }) => {
      const name = params.session ?? '';
      const file = await files.save(name, query.secrets === true);
      return { status: 200, body: file, mediaType: BYTES, fileName: `${name}${FILE_ENDING}` };
    },
    loadSession: async ({ params, query, body }) => {
      const name = params.session ?? '';
      await files.load(name, body, query.replace === true);
      return { status: 201, body: control.session(name).show() };
    },
    branchSession: async ({ params, body }) => {
      await files.branch(params.session ?? '', body);
      return { status: 201, body: control.session(body.name).show() };
    },
  };
}

function ok(body: unknown): ControlAnswer {
  return { status: 200, body };
}
