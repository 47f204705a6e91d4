import { nearest, type Problem } from '../problem.js';
import type { Binding } from './binding.js';
import { callbacksOf } from './callbacks.js';
import { placeIn } from './check-binding.js';
import type { Contract } from './contract.js';

/** What a binding's webhooks say of a contract must be true of it: callbacks exist, and say where they go. */
export function checkWebhooks(binding: Binding, contract: Contract): Problem[] {
  const scheduling = [...binding.schedules.keys()].flatMap(
    (id) => contract.operations.get(id) ?? [],
  );
  return (binding.webhooks ?? []).flatMap(({ callback: name }, i): Problem[] => {
    if (name === undefined) return [];
    const known = scheduling.map((operation) => callbacksOf(contract.document, operation));
    const found = known.find((callbacks) => callbacks.has(name))?.get(name);
    const at = { file: binding.file, ...placeIn(binding, `webhooks.${i}`) };
    const code = 'BINDING_UNKNOWN_CALLBACK';
    if (!found) {
      const names = known.flatMap((callbacks) => [...callbacks.keys()]);
      const message = `webhooks: no scheduling operation of ${contract.file} has a callback "${name}"`;
      const hint = names.length > 0 ? nearest(name, names) : 'say with `to` where it goes';
      return [{ code, ...at, message, hint }];
    }
    if (found.url) return [];
    const message = `webhooks: "${found.expression}", where the callback "${name}" goes, is no runtime expression`;
    const hint = 'say with `to` where it goes: {body.callbackUrl}';
    return [{ code, ...at, message, hint }];
  });
}
