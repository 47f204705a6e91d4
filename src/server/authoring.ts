import { readFile } from 'node:fs/promises';
import { isPackaged, type ServedFiles } from '../load/pack-description.js';
import { formatProblem, nearest, type Problem } from '../problem.js';
import type { Api, Apis } from '../sandbox/api.js';
import type {
  AnswerPreview,
  Linted,
  LintProblem,
  LintReport,
} from '../sandbox/control/lint-view.js';
import { ControlProblem } from '../sandbox-error.js';
import type { Scenario } from '../scenario/scenario.js';
import type { LintThread } from './lint-thread.js';

interface Text {
  yaml: string;
  api?: string;
}

/** Writing scenarios by the control API. YAML, the declarations and the rules are loaded when somebody asks. */
export class Authoring {
  #thread: Promise<LintThread> | undefined;

  constructor(
    private readonly apis: () => Apis,
    private readonly served: ServedFiles,
  ) {}

  /** What lint has against a text, and what its steps would answer; a long one is looked at in a thread. */
  async lint(question: Linted): Promise<LintReport> {
    const { yaml, api } = question;
    if (api !== undefined) this.#api(api);
    if (partsOf(yaml) <= FEW_PARTS && yaml.length <= FEW_CHARACTERS) return this.lintHere(question);
    this.#thread ??= import('./lint-thread.js').then(
      ({ LintThread }) => new LintThread(this.served),
    );
    const thread = await this.#thread;
    return thread.ask(this.apis(), question).catch((error: Error) => {
      const hint = 'check it by `esoz-sandbox lint`, and serve it with --scenarios';
      const what = `the text cannot be checked here: ${error.message}`;
      throw new ControlProblem(422, 'SCENARIO_TOO_LONG', what, hint);
    });
  }

  /** The same, while everybody else waits. */
  async lintHere({ yaml, api: said, name, operation }: Linted): Promise<LintReport> {
    const { lintText, nameIn } = await import('../load/authoring/lint-text.js');
    const { targetOf } = await import('../load/authoring/save.js');
    const known = name === undefined ? undefined : this.#fileOf(name, said);
    const draft = { yaml, api: said, file: known };
    const { api, file, scenario, problems } = await lintText(this.apis(), this.served, draft);
    const target = await targetOf(api, this.served, scenario?.name ?? nameIn(yaml));
    return {
      file,
      api: api.name,
      ...(scenario ? { name: scenario.name } : {}),
      errors: problems.filter(({ severity }) => severity !== 'warning').length,
      problems: problems.slice(0, MOST_PROBLEMS).map(showProblem),
      answers: scenario ? await this.#preview(api, scenario, operation) : [],
      saves:
        'refused' in target
          ? { code: target.refused.code, message: target.refused.message }
          : target,
    };
  }

  /** What the file of a scenario says; nothing of those that no file brings. */
  async text({ file }: Scenario) {
    const yaml = file === '' ? undefined : await readFile(file, 'utf8').catch(() => undefined);
    if (yaml === undefined) return {};
    const { hashOf } = await import('../load/authoring/save.js');
    return { yaml, hash: hashOf(yaml) };
  }

  async save(name: string, { yaml, api, over = null }: Text & { over?: string | null }) {
    this.#check({ yaml, ...(api === undefined ? {} : { api }) });
    const { saveScenario } = await import('../load/authoring/save.js');
    const { problems, ...saved } = await saveScenario(this.apis(), this.served, name, {
      yaml,
      api,
      over,
    });
    return { ...saved, name, problems: problems.map(showProblem) };
  }

  /** A scenario that no file brings. @throws ControlProblem when it has mistakes */
  async read({ yaml, api: said }: Text): Promise<{ api: Api; scenario: Scenario }> {
    this.#check({ yaml, ...(said === undefined ? {} : { api: said }) });
    const { lintText } = await import('../load/authoring/lint-text.js');
    const { api, scenario, problems } = await lintText(this.apis(), this.served, {
      yaml,
      api: said,
    });
    if (scenario) return { api, scenario };
    const [first] = problems;
    const what = first ? formatProblem(first) : 'the text is no scenario';
    throw new ControlProblem(422, 'SCENARIO_NOT_PLAYED', what, 'POST /lint lists all mistakes');
  }

  async schema(said: string | undefined) {
    const { scenarioSchema } = await import('../load/authoring/schema.js');
    return scenarioSchema(this.#api(said));
  }

  async #preview(api: Api, scenario: Scenario, operation?: string): Promise<AnswerPreview[]> {
    const { previewAnswers } = await import('../load/authoring/preview.js');
    return previewAnswers(api, scenario, operation);
  }

  /** A file of the person's own; one of the package stays what it is. */
  #fileOf(name: string, said: string | undefined): string | undefined {
    const apis = said === undefined ? this.apis() : [this.#api(said)];
    const files = apis.flatMap(({ catalogue }) => catalogue.get(name)?.file || []);
    return files.find((file) => !isPackaged(file));
  }

  /** Who is asked by HTTP stands still for everybody meanwhile. */
  #check({ yaml, api }: Text): void {
    if (api !== undefined) this.#api(api);
    const parts = partsOf(yaml);
    if (parts <= MOST_PARTS) return;
    const what = `the text has ${parts} entries of lists and mappings in braces, more than ${MOST_PARTS}`;
    const hint = 'check it by `esoz-sandbox lint`, and serve it with --scenarios';
    throw new ControlProblem(422, 'SCENARIO_TOO_LONG', what, hint);
  }

  /** @param said undefined: the first */
  #api(said: string | undefined): Api {
    const apis = this.apis();
    if (said === undefined) return apis[0];
    const found = apis.find(({ name }) => name === said);
    if (found) return found;
    const hint = nearest(
      said,
      apis.map(({ name }) => name),
    );
    throw new ControlProblem(404, 'CONTROL_UNKNOWN_API', `unknown API "${said}"`, hint);
  }
}

/** Entries of lists and mappings in braces. */
function partsOf(yaml: string): number {
  return yaml.match(/(?:^|\s)-\s|[{[]/g)?.length ?? 0;
}

/** What is looked at in a few milliseconds: most scenarios are shorter. */
const FEW_PARTS = 40;
const FEW_CHARACTERS = 4000;

/** Ten times those of the longest scenario of the package: longer ones are neither played nor saved from here. */
const MOST_PARTS = 400;

/** More are read by nobody. */
const MOST_PROBLEMS = 200;

function showProblem({
  code,
  severity = 'error',
  file,
  line,
  column,
  message,
  hint,
}: Problem): LintProblem {
  return {
    code,
    severity,
    file,
    line,
    column,
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}
