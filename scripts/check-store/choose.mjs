/** Which scenario a job gets: the header, the queue, `when`, the session's, the server's (docs/guides/scenarios.md). */

/** A scenario by its name, with its API in front. */
function isFor(api, name) {
  const [owner, own] = name.split('/');
  return owner === api.name ? api.scenarios.get(own) : undefined;
}

function matches({ when }, { body }) {
  const conditions = when === undefined ? [] : [when].flat();
  return conditions.some(({ body: asked = {} }) =>
    Object.entries(asked).every(([path, value]) => {
      const field = path.split('.').reduce((at, key) => at?.[key], body);
      return String(field).toLowerCase() === String(value).toLowerCase();
    }),
  );
}

/** The queue without one `times` of the entry. */
const used = (queue, at) =>
  queue.flatMap((entry, i) => {
    if (i !== at) return [entry];
    return entry.times > 1 ? [{ ...entry, times: entry.times - 1 }] : [];
  });

/** @returns {{ scenario?: import('./scenarios.mjs').Scenario, world: import('./session.mjs').World }} */
export function chosenFor(world, request) {
  const { api, scenario: header } = request;
  if (header) return { scenario: isFor(api, header), world };
  const at = world.queue.findIndex(({ scenario }) => isFor(api, scenario));
  if (at >= 0) {
    const scenario = isFor(api, world.queue[at].scenario);
    return { scenario, world: { ...world, queue: used(world.queue, at) } };
  }
  const magic = [...api.scenarios.values()].find((scenario) => matches(scenario, request));
  const ofSession = world.scenario === null ? undefined : isFor(api, world.scenario);
  return { scenario: magic ?? ofSession ?? api.scenarios.get(api.usual), world };
}
