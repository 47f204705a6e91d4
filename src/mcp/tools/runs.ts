import { UsageError } from '../../sandbox-error.js';
import type { RunReport } from '../access.js';

/** Runs that are remembered. */
const MOST = 20;

/** What suites have come to, by names such as `run-3`. */
export class Runs {
  readonly #reports = new Map<string, RunReport>();
  #count = 0;

  /** @returns its name */
  keep(report: RunReport): string {
    this.#count += 1;
    const name = `run-${this.#count}`;
    const [oldest] = this.#reports.keys();
    if (this.#reports.size >= MOST && oldest !== undefined) this.#reports.delete(oldest);
    this.#reports.set(name, report);
    return name;
  }

  /** @throws UsageError for one that is not remembered */
  get(name: string): RunReport {
    const report = this.#reports.get(name);
    if (report) return report;
    const known = [...this.#reports.keys()].join(', ');
    const hint = known === '' ? 'call run_suite first' : `there are ${known}`;
    throw new UsageError('USAGE_UNKNOWN_RUN', `no run is called "${name}"`, hint);
  }
}
