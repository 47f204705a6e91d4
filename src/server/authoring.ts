import { readFile } from 'node:fs/promises';
import type { AnswerPreview } from '../load/authoring/preview.js';
import { isPackaged, type ServedFiles } from '../load/pack-description.js';
import { formatProblem, nearest, type Problem } from '../problem.js';
import type { Api, Apis } from '../sandbox/api.js';
import { ControlProblem } from '../sandbox-error.js';
import type { Scenario } from '../scenario/scenario.js';

interface Text {
  yaml: string;
  api?: string;
}

/** Writing scenarios by the control API. YAML, the declarations and the rules are loaded when somebody asks. */
export class Authoring {
  constructor(
    private readonly apis: () => Apis,
    private readonly served: ServedFiles,
  ) {}

  /** What lint has against a text, and what its steps would answer. */
  async lint({ yaml, api: said, name, operation }: Text & { name?: string; operation?: string }) {
    const { lintText, nameIn } = await import('../load/authoring/lint-text.js');
    const { targetOf } = await import('../load/authoring/save.js');
    this.#check({ yaml, ...(said === undefined ? {} : { api: said }) });
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
    const parts = yaml.match(/(?:^|\s)-\s|\{/g)?.length ?? 0;
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

/** Ten times those of the longest scenario of the package. */
const MOST_PARTS = 400;

/** More are read by nobody. */
const MOST_PROBLEMS = 200;

function showProblem({ code, severity = 'error', file, line, column, message, hint }: Problem) {
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
