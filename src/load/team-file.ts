import { readFileText } from '../file-text.js';
import { parseTeams, type Team } from '../formats/teams/parse.js';
import { UsageError } from '../sandbox-error.js';

/** A team with its secret. */
export type ServedTeam = Omit<Team, 'token' | 'tokenFrom'> & { token: string };

/**
 * Reads a file of teams, and their secrets.
 * @param env where secrets are that the file only names
 * @throws FileError, UsageError
 */
export async function readTeams(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ServedTeam[]> {
  const text = await readFileText(file).catch(() => {
    const what = `--teams ${file} cannot be read`;
    throw new UsageError('USAGE_NO_TEAMS', what, 'give the path of a YAML file');
  });
  const { teams } = parseTeams(file, text);
  const served = teams.map(({ tokenFrom, ...team }) => {
    const token = team.token ?? env[tokenFrom ?? ''];
    if (token) return { ...team, token };
    const what = `the variable ${tokenFrom}, which is to hold the token of team ${team.name}, is empty`;
    throw new UsageError('USAGE_TEAM_TOKEN', what, 'set it where the sandbox is started');
  });
  const twice = served.find(({ token }, i) => served.findIndex((o) => o.token === token) !== i);
  if (!twice) return served;
  const what = `team ${twice.name} has the token of another team`;
  throw new UsageError('USAGE_TEAM_TOKEN', what, 'give each team its own');
}
