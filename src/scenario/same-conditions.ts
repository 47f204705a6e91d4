import type { Problem } from '../problem.js';
import type { Scenario, When } from './scenario.js';

/** One condition of a scenario. */
interface Condition {
  scenario: Scenario;
  /** Its fields by part and name, each with the value that it asks for. */
  fields: ReadonlyMap<string, string>;
  place: { line: number; column: number };
}

/**
 * Conditions that another scenario's condition takes every request from.
 * @param scenarios in the order in which they are tried
 * @param folderOf a file's folder: two of one folder are a mistake; a folder of one's own may take over what the
 * catalogue has, and is told so
 */
export function sameConditions(
  scenarios: readonly Scenario[],
  folderOf: (file: string) => string,
): Problem[] {
  const tried = new Tried();
  return scenarios.flatMap((scenario) => {
    const own = conditionsOf(scenario);
    const problems = own.flatMap((condition) => {
      const first = tried.firstThatTakes(condition);
      if (!first) return [];
      const same = folderOf(first.scenario.file) === folderOf(scenario.file);
      return [same ? mistake(first, condition) : remark(first, condition)];
    });
    for (const condition of own) tried.add(condition);
    return problems;
  });
}

/** What takes a request has all of its fields in it, so it is found by any one of them. */
class Tried {
  readonly #byField = new Map<string, Condition[]>();

  add(condition: Condition): void {
    const [field] = condition.fields;
    if (field === undefined) return;
    const key = field.join('=');
    const same = this.#byField.get(key);
    if (same) same.push(condition);
    else this.#byField.set(key, [condition]);
  }

  firstThatTakes(condition: Condition): Condition | undefined {
    for (const field of condition.fields) {
      const found = this.#byField.get(field.join('='))?.find((each) => takes(each, condition));
      if (found) return found;
    }
    return undefined;
  }
}

function mistake(first: Condition, { scenario, place }: Condition): Problem {
  const { name } = first.scenario;
  return {
    code: 'SCENARIO_SAME_WHEN',
    usable: true,
    file: scenario.file,
    ...place,
    message: `what this \`when\` asks for chooses "${name}" already (${shown(first)})`,
    hint: `a request can choose one scenario: give "${scenario.name}" a condition of its own`,
  };
}

/** Placed where the person can change something: in the file of their own, which is tried first. */
function remark({ scenario, place }: Condition, second: Condition): Problem {
  const { name } = second.scenario;
  return {
    code: 'SCENARIO_SAME_WHEN',
    severity: 'warning',
    usable: true,
    file: scenario.file,
    ...place,
    message: `what this \`when\` asks for is that of "${name}" as well (${shown(second)})`,
    hint: `"${scenario.name}" wins, since a folder of one's own comes before the catalogue`,
  };
}

function shown({ scenario, place }: Condition): string {
  return `${scenario.file}:${place.line}:${place.column}`;
}

function conditionsOf(scenario: Scenario): Condition[] {
  return scenario.when.map((when, i) => ({
    scenario,
    fields: fieldsOf(when),
    place: scenario.whenAt?.[i] ?? { line: 1, column: 1 },
  }));
}

/** Values as `match.ts` compares them: texts, whatever their case. */
function fieldsOf(when: When): Map<string, string> {
  return new Map(
    Object.entries(when).flatMap(([part, fields]) =>
      Object.entries(fields as Record<string, unknown>).map(
        ([name, value]) => [`${part} ${name}`, String(value).toLowerCase()] as const,
      ),
    ),
  );
}

/** Does whatever meets the second condition meet the first one, for some operation of both? */
function takes(first: Condition, second: Condition): boolean {
  const { scenario: a } = first;
  const { scenario: b } = second;
  if (a.operations && b.operations && !a.operations.some((id) => b.operations?.includes(id))) {
    return false;
  }
  return [...first.fields].every(([name, value]) => second.fields.get(name) === value);
}
