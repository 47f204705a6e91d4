import * as z from 'zod';
import { declare, duration, listOf, mapping, named, text, textOf, whole } from '../declare.js';

/** A profile, as the file has it. */
export const ProfileFile = mapping(
  {
    profile: text({
      description: 'Its name, with year and number: the folder is called the same.',
      examples: ['polling-2026.1'],
    }),
    title: text({ description: 'What people read in listings.' }).optional(),
    about: text({ description: 'Whom it is for, in a sentence or two.' }).optional(),
    date: textOf(
      (said) => /^\d{4}-\d\d-\d\d$/.test(said) && !Number.isNaN(Date.parse(said)),
      '^\\d{4}-\\d\\d-\\d\\d$',
      { description: 'When it was frozen.' },
      { form: 'a date', hint: 'write 2026-11-27' },
    ),
    hash: textOf(
      (said) => /^sha256:[0-9a-f]{64}$/.test(said),
      '^sha256:[0-9a-f]{64}$',
      { description: 'Of all that stands here and in the scenarios beside it.' },
      { form: 'a hash', hint: 'sha256: and 64 hex digits' },
    ),
    pack: text({ description: 'The pack whose jobs live its scenarios.' }),
    pace: whole(1, 1000, {
      description:
        "How many times faster a client can be played that divides its own pauses; for exec's --pace.",
    }).optional(),
    timeout: duration({
      description:
        "Longest that the client's command may take for one scenario, in the API's time.",
    }).optional(),
    timeout_endless: duration({
      description: 'The same for a scenario whose job stays open for ever.',
    }).optional(),
    rules: named(
      declare(
        z.union([z.string(), z.number()]),
        { description: 'Either on, or how far it gives way: a time or a number.' },
        { must: 'on, a time or a number' },
      ),
      {
        description:
          'The rules that judge, each with how far it gives way where neither scenario nor command line says so. One that is not named is off.',
        examples: [{ 'eta-respected': '100ms', 'single-flight': 'on' }],
      },
      { slot: 'rules' },
    ),
    scenarios: listOf(
      text({ description: 'The name of a scenario; its file lies in the folder `scenarios`.' }),
      { description: 'What is played, in this order.' },
      { editor: { minItems: 1, uniqueItems: true } },
    ),
  },
  {
    title: 'A profile of esoz-sandbox',
    description:
      'Scenarios, rules and tolerances that stay as they were on a day: `esoz-sandbox exec --profile NAME` asks the same of a client in every later version.',
  },
  { wrong: () => 'a profile is a mapping', hint: 'start it with `profile: NAME`' },
);

export type ProfileFile = z.input<typeof ProfileFile>;
