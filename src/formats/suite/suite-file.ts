import * as z from 'zod';
import { declare, duration, listOf, mapping, named, scalar, text, whole } from '../declare.js';
import { PartsFile } from '../parts-file.js';
import { TolerancesFile } from '../tolerances-file.js';
import { ProcessStepFile } from './steps-file.js';

/** A suite, as the file has it. */
export const SuiteFile = mapping(
  {
    suite: declare(
      z.union([z.string().min(1), z.number(), z.boolean()]),
      { description: 'Its name; the file is called the same.' },
      { must: 'a text', hint: 'start it with `suite: NAME`' },
    ),
    title: text({ description: 'What people read in listings.' }).optional(),
    about: text({ description: 'Whom it is for, in a sentence or two.' }).optional(),
    scenarios: listOf(
      text({ description: 'The name of a scenario; `esoz-sandbox scenarios` lists them.' }),
      { description: 'Names of scenarios, in the order in which they are played.' },
      { editor: { minItems: 1, uniqueItems: true } },
    ),
    steps: listOf(
      ProcessStepFile,
      {
        description:
          'What a client does one after the other, where the suite is about a process: the verdict tells of each step whether the client has gone through it.',
      },
      { editor: { minItems: 1 } },
    ).optional(),
    otherwise: text({
      description:
        'The scenario of jobs that the played one is not for, where steps have scenarios of their own. Left out: what lives when nobody chooses.',
    }).optional(),
    settings: named(scalar(), {
      description: 'Settings of the pack that its sessions begin with, by name.',
      examples: [{ ERLN_ANSWER: 'ERROR' }],
    }).optional(),
    pace: whole(1, 1000, {
      description:
        "How many times faster than the API a client can be played that divides its own pauses. It counts only with exec's --pace, and a number given there takes its place.",
    }).optional(),
    timeout: duration({
      description:
        "Longest that the client's command may take for one scenario, in the API's time: a pace divides it. It should be longer than the client's own patience. exec's --timeout takes its place.",
      examples: ['12min'],
    }).optional(),
    timeout_endless: duration({
      description:
        'The same for a scenario whose job stays open for ever. It should be longer than the greatest patience that the rule `gives-up` allows, or a client is stopped that would have given up in time. Left out: `timeout`.',
      examples: ['31min'],
    }).optional(),
    tolerances: TolerancesFile.optional(),
    parts: PartsFile.optional(),
  },
  {
    title: 'A suite of esoz-sandbox',
    description:
      "Scenarios that `esoz-sandbox exec --suite NAME` plays one after the other against a client's own test command.",
  },
  { wrong: () => 'a suite is a mapping', hint: 'start it with `suite: NAME`' },
);

export type SuiteFile = z.input<typeof SuiteFile>;
