import * as z from 'zod';
import { declare, mapping } from '../declare.js';
import { PartsFile } from '../parts-file.js';

/** The name of a kind is that of its API in journals and scenarios, and of its folder; suites lie in one too. */
const KIND = /^(?!suites$)[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Keys that are said once for all kinds. */
const WHOLE = ['binding', 'pack'];

/**
 * Keys of a binding that say what several kinds of jobs have in common, and what each has of its own.
 * @param keys those of a binding of one kind
 */
export function partsAndKinds<S extends Record<string, z.ZodType>>(keys: S) {
  const own = Object.entries(keys).filter(([key]) => !WHOLE.includes(key));
  const Kind = mapping(Object.fromEntries(own), {
    description:
      'One kind of jobs: it may have each key that a binding has at its top, and takes from there what it does not say itself.',
  });
  return {
    parts: PartsFile.optional(),
    kinds: declare(
      z.record(z.string().regex(KIND), Kind),
      {
        description:
          'Several kinds of jobs in one document, by names of your own: `exports: { schedules: …, report: …, states: … }`. What stands at the top beside them holds for all that do not say it themselves.',
      },
      {
        must: 'a mapping',
        hint: 'a kind is called by letters, digits, ".", "_" and "-": exports',
      },
    ).optional(),
  };
}
