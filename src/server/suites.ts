import type { ListedSuite, OwnSuite } from '../load/named-suites.js';
import type { ServedFiles } from '../load/pack-description.js';
import { FileError, formatProblem } from '../problem.js';
import type { Apis } from '../sandbox/api.js';
import { ControlProblem, UsageError } from '../sandbox-error.js';

/** The suites of what is served, each read when it is asked for. */
export interface Suites {
  /** Of several of one name, the one that has steps. */
  find(name: string): Promise<OwnSuite>;
  all(): Promise<readonly ListedSuite[]>;
}

export function suitesOf(apis: () => Apis, served: ServedFiles): Suites {
  return {
    async find(name) {
      // Whoever steers by HTTP names suites, and no files of this machine.
      if (/\.ya?ml$/.test(name)) {
        const hint = 'put the file into the folder suites of --scenarios, and name the suite';
        throw new ControlProblem(404, 'USAGE_UNKNOWN_SUITE', `unknown suite "${name}"`, hint);
      }
      try {
        const { suitesNamed } = await import('../load/named-suites.js');
        const found = await suitesNamed(apis(), served, name);
        return found.find(({ suite }) => suite.steps) ?? found[0];
      } catch (error) {
        throw refused(error);
      }
    },
    async all() {
      try {
        const { listSuitesOf } = await import('../load/named-suites.js');
        return await listSuitesOf(apis(), served);
      } catch (error) {
        throw refused(error);
      }
    },
  };
}

function refused(error: unknown): unknown {
  if (error instanceof UsageError) return new ControlProblem(404, error.code, error.message);
  if (!(error instanceof FileError)) return error;
  const [problem] = error.problems;
  if (!problem) return error;
  return new ControlProblem(422, problem.code, formatProblem(problem));
}
