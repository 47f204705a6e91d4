import * as z from 'zod';
import { declare, duration, listOf, mapping, text, textOf, whole } from '../declare.js';

/** Letters, digits, dash and underscore: it stands in URLs, and in names of folders and keys. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/;

/** Shorter secrets can be guessed. */
const LEAST_TOKEN = 12;

const TeamFile = mapping(
  {
    team: textOf(
      (said) => NAME.test(said),
      NAME.source,
      {
        description: 'Its name, which stands in URLs: `https://sandbox.example/@payments/…`.',
        examples: ['payments'],
      },
      {
        form: 'the name of a team',
        hint: 'small letters, digits, dash and underscore, at most 32',
      },
    ),
    token: declare(
      z.string().min(LEAST_TOKEN),
      {
        description:
          'The secret that steers its sessions, as `--control-token` does without teams. Better: `token_from`, so that the file holds no secret.',
      },
      {
        must: 'a text',
        hint: `at least ${LEAST_TOKEN} characters; or name a variable: token_from: PAYMENTS_TOKEN`,
        editor: { minLength: LEAST_TOKEN },
      },
    ).optional(),
    token_from: text({
      description: 'The variable of the environment that holds the secret.',
      examples: ['PAYMENTS_TOKEN'],
    }).optional(),
    port: whole(1, 65_535, {
      description:
        'A port of its own, at which it needs no `/@team` in URLs. Only there can the fault `refused` refuse a connection; elsewhere it breaks those of the team.',
    }).optional(),
    sessions: whole(1, 100_000, {
      description:
        'So many sessions it may have open; for one more the one that was not used for the longest gives way. Left out: as `--keep-sessions` says.',
    }).optional(),
    jobs: whole(1, 1_000_000, {
      description: 'So many finished jobs a session of it keeps. Left out: as `--keep-jobs` says.',
    }).optional(),
    exchanges: whole(1, 1_000_000, {
      description: 'So many exchanges a journal of it keeps. Left out: as `--keep-journal` says.',
    }).optional(),
    requests_per_second: whole(1, 100_000, {
      description:
        'So many requests each server answers it in a second; more are answered 429, with Retry-After. Left out: as many as come.',
    }).optional(),
    idle: duration({
      description:
        'A session that nobody has used or watched for so long is deleted, and the log says so. Left out: it stays.',
      examples: ['8h'],
    }).optional(),
  },
  { description: 'A team, with a room of its own: no other one sees its sessions.' },
);

/** Teams, as the file has them. */
export const TeamsFile = mapping(
  {
    teams: listOf(
      TeamFile,
      { description: 'The teams that share the sandbox.' },
      { editor: { minItems: 1 }, hint: 'start each entry with `- team: NAME`' },
    ),
  },
  {
    title: 'Teams of esoz-sandbox',
    description:
      'Who shares a sandbox: `esoz-sandbox serve --teams FILE` gives each team sessions and a token of its own.',
  },
  { wrong: () => 'a file of teams is a mapping', hint: 'start it with `teams:`' },
);

export type TeamsFile = z.input<typeof TeamsFile>;
