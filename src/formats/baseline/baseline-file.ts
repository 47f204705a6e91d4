import * as z from 'zod';
import { declare, listOf, mapping, text } from '../declare.js';

const KnownCauseFile = mapping(
  {
    cause: text({
      description:
        'Id of the cause, as reports name it; `command-failed` and `not-played` stand for a scenario that comes to no verdict.',
      examples: ['ignores-eta'],
    }),
    rule: text({ description: 'The rule whose page shows wrong and right code.' }).optional(),
    api: text({ description: 'Its API, where several are served.' }).optional(),
    operation: text({
      description:
        'The operation whose jobs show it. Left out: it is about no single one, such as a command that exits with a wrong code.',
    }).optional(),
    title: text({ description: 'What to change, for whoever reads the file.' }).optional(),
    note: text({
      description: 'A remark of your own, such as the number of a ticket: it stays.',
    }).optional(),
    scenarios: listOf(
      text({ description: 'The name of a scenario.' }),
      {
        description:
          'Where it has shown. Once all of these are played and none shows it any more, it is mended.',
      },
      { editor: { minItems: 1, uniqueItems: true } },
    ),
  },
  { description: 'One thing to change that is known: it does not make a run red.' },
);

/** A baseline, as the file has it. */
export const BaselineFile = mapping(
  {
    baseline: declare(
      z.union([z.string().min(1), z.number()]),
      { description: 'What it was written for: the suite or the profile.' },
      { must: 'a text', hint: 'start it with `baseline: NAME`' },
    ),
    causes: listOf(KnownCauseFile, {
      description: 'What is known, sorted by cause and operation; empty: nothing is.',
    }),
  },
  {
    title: 'A baseline of esoz-sandbox',
    description:
      'What is known to be wrong with a client: `esoz-sandbox exec --baseline FILE` is red for anything else, and for what is mended and still stands here.',
  },
  { wrong: () => 'a baseline is a mapping', hint: 'start it with `baseline: NAME`' },
);

export type BaselineFile = z.input<typeof BaselineFile>;
