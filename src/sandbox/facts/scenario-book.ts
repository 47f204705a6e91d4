import { createHash } from 'node:crypto';
import type { Scenario } from '../../scenario/scenario.js';

/** A scenario as it was when a job began with it: whatever becomes of its file, the job goes on living it. */
interface Written {
  /** What names its text: 132 bits of SHA-256. */
  hash: string;
  text: string;
}

const WRITTEN = new WeakMap<Scenario, Written>();

/** The text of a scenario, and what names it. */
export function writeScenario(scenario: Scenario): Written {
  const known = WRITTEN.get(scenario);
  if (known) return known;
  const text = JSON.stringify(scenario);
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  const written = { hash, text };
  WRITTEN.set(scenario, written);
  return written;
}

/** The scenarios that facts of a session name. */
export class ScenarioBook {
  readonly #byHash = new Map<string, Scenario>();

  hashes(): IterableIterator<string> {
    return this.#byHash.keys();
  }

  has(hash: string): boolean {
    return this.#byHash.has(hash);
  }

  /** Notes a scenario. @returns whether it was not known before */
  note(hash: string, scenario: Scenario): boolean {
    if (this.#byHash.has(hash)) return false;
    this.#byHash.set(hash, scenario);
    return true;
  }

  /** @throws Error when no fact has told of it */
  get(hash: string): Scenario {
    const known = this.#byHash.get(hash);
    if (!known) throw new Error(`no fact tells of the scenario ${hash}`);
    return known;
  }
}
