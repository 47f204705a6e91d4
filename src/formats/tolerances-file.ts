import * as z from 'zod';
import { declare } from './declare.js';

/** How far rules give way; which rules there are, and what each counts, the auditor says. */
export const TolerancesFile = declare(
  z.record(z.string(), z.unknown()),
  {
    id: 'tolerances',
    description:
      'How far the rules that always apply give way, by the names of the rules: a time (1s), a number, or off to leave a rule out. What is left out is as strict as ever. `esoz-sandbox rules` lists them.\n\nExample: { eta-respected: 1s, no-herd: off }',
    examples: [{ 'eta-respected': '1s', 'stops-on-404': 5, 'no-herd': 'off' }],
  },
  {
    must: 'a mapping',
    hint: 'of rules and how far each gives way: { eta-respected: 1s }',
    slot: 'tolerances',
  },
);
