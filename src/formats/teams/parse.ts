import type { Problem } from '../../problem.js';
import { parseDuration } from '../../time/duration.js';
import type { Duration } from '../../time/moments.js';
import { checkShape } from '../check-shape.js';
import type { FormatDocument } from '../document.js';
import { openDocument } from '../open-document.js';
import { TeamsFile } from './teams-file.js';

/** A team, read and checked. What is left out is as the server's options say. */
export interface Team {
  name: string;
  /** Undefined: it stands in the variable. */
  token: string | undefined;
  tokenFrom: string | undefined;
  port: number | undefined;
  sessions: number | undefined;
  jobs: number | undefined;
  exchanges: number | undefined;
  requestsPerSecond: number | undefined;
  idle: Duration | undefined;
}

export interface Teams {
  file: string;
  teams: readonly Team[];
  problems: readonly Problem[];
}

/**
 * Reads a file of teams.
 * @throws FileError with every mistake in the file, each with its line and column
 */
export function parseTeams(file: string, text: string): Teams {
  const document = openDocument(file, text, 'TEAMS');
  const found = checkShape(document, TeamsFile, 'TEAMS') as TeamsFile;
  checkTeams(document, found);
  const problems = document.end();
  return { file, teams: found.teams.map(build), problems };
}

type Entry = TeamsFile['teams'][number];

/** Of which no two teams may have the same. */
const OWN = ['team', 'token', 'token_from', 'port'] as const;

function checkTeams(document: FormatDocument, { teams }: TeamsFile): void {
  if (!Array.isArray(teams)) return;
  if (teams.length === 0) {
    document.wrong(['teams'], 'TEAMS_EMPTY', 'the list is empty', 'name a team: `- team: NAME`');
  }
  const seen = new Map<string, number>();
  teams.forEach((entry, i) => {
    if (document.isFaultyWithin(['teams', i])) return;
    for (const key of OWN) {
      const value = entry[key];
      if (value === undefined) continue;
      const before = seen.get(`${key} ${value}`);
      // A secret is not repeated where people read.
      const shown = key === 'token' ? 'this token' : `${key} ${value}`;
      if (before !== undefined) {
        const message = `${shown} is that of another team`;
        document.wrong(['teams', i, key], 'TEAMS_TWICE', message, 'give each team its own');
      }
      seen.set(`${key} ${value}`, i);
    }
    if ((entry.token === undefined) === (entry.token_from === undefined)) {
      const message = 'a team has either a token or the name of a variable that holds it';
      const hint = 'write token_from: PAYMENTS_TOKEN';
      document.wrong(['teams', i], 'TEAMS_TOKEN', message, hint);
    }
  });
}

function build(entry: Entry): Team {
  const { team, token, token_from: from, requests_per_second: requestsPerSecond } = entry;
  const { port, sessions, jobs, exchanges, idle } = entry;
  return {
    name: String(team),
    token,
    tokenFrom: from === undefined ? undefined : String(from),
    port,
    sessions,
    jobs,
    exchanges,
    requestsPerSecond,
    idle: idle === undefined ? undefined : parseDuration(idle),
  };
}
