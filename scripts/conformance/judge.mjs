// Holds what was said against what must be said. Pure.

const isReproach = ({ severity }) => severity !== 'note';

/** Does a client come out as reading its source demands? `{ agrees, differences }` */
export function judge({ finds, may = [], cause }, { code, rules, causes }) {
  const wanted = finds.map((one) => [one].flat());
  const missed = wanted.filter((names) => !names.some((name) => rules[name]));
  const allowed = new Set([...wanted.flat(), ...may]);
  const extra = Object.entries(rules).filter(
    ([name, one]) => isReproach(one) && !allowed.has(name),
  );
  const due = Object.values(rules).some(({ severity }) => severity === 'error') ? 1 : 0;
  const differences = [
    ...missed.map((names) => `${names.join(' or ')} is not found`),
    ...(isNamed(cause, causes) ? [] : [`the cause ${[cause].flat().join(' or ')} is not named`]),
    ...extra.map(
      ([name, { message, scenarios }]) => `${name} (${scenarios.join(', ')}): ${message}`,
    ),
    ...(code === due ? [] : [`exit ${code}${MEANING[code] ?? ''} instead of ${due}`]),
  ];
  return { agrees: differences.length === 0, differences };
}

/** Is the one thing to change among those that were named? */
function isNamed(cause, causes) {
  return !cause || !causes || [cause].flat().some((id) => causes.includes(id));
}

const MEANING = { 2: ', not played or ended by itself', 3: ', not understood' };

/** What must be the same in each repetition: how it ended, and which rules were broken. */
export function signature({ code, rules }) {
  const names = Object.entries(rules).filter(([, one]) => isReproach(one));
  return [`exit ${code}`, ...names.map(([name]) => name).sort()].join(', ');
}
