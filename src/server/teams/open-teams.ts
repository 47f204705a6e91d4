import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../../error-codes.js';
import { readTeams } from '../../load/team-file.js';
import { CONTROL, isForBoard } from '../board/is-for-board.js';
import { readAddress } from '../http/address.js';
import type { Handler } from '../http/listen.js';
import { heedAbsoluteTarget } from '../http/request-head.js';
import { sendText } from '../http/send-text.js';
import type { LazyApp } from '../lazy-app.js';
import type { House, Room, RoomAddress } from '../room.js';
import { RETRY_AFTER } from '../store-problem.js';
import { openTeamRoom, type TeamRoom, type Ways } from './team-room.js';

/** Where a team finds its sandbox. */
export interface TeamAddress {
  team: string;
  /** `http://127.0.0.1:4010/@payments`, or of its own port. */
  url: string;
}

/** The rooms of all teams behind one address. */
export interface TeamRooms {
  handle: Handler;
  /** The control API of nobody's room. */
  app: LazyApp;
  addresses: TeamAddress[];
  begin(): void;
  end(): void;
  closePorts(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a room for each team.
 * @param lobby answers what is asked of no team: whether the server lives, and its figures
 * @throws FileError, UsageError
 */
export async function openTeams(
  file: string,
  house: House,
  lobby: Room,
  main: RoomAddress,
  ways: Ways,
): Promise<TeamRooms> {
  const rooms = new Map<string, TeamRoom>();
  for (const team of await readTeams(file, process.env)) {
    rooms.set(team.name, await openTeamRoom(team, house, main, ways));
  }
  const all = [...rooms.values()];
  const measured = () =>
    all.map(({ team, room: { sandbox, counts } }) => ({ team: team.name, sandbox, counts }));
  const { handle, app } = lobby.answerAt({ ...main, measured });
  const forNobody: Handler = (req, res) => {
    const { path, session } = readAddress(req.url ?? '/');
    if (path === `${CONTROL}/ready`) void answerReady(all, req, res, handle);
    else if (path.startsWith(CONTROL) || isForBoard(req, path, session, () => false))
      handle(req, res);
    else sendText(res, 404, house.refusal(404, `${NAME_IT} [${UNKNOWN}]`));
  };
  return {
    app,
    handle: (req, res) => {
      heedAbsoluteTarget(req);
      const found = teamIn(req.url ?? '/', main.calledAs(req).prefix);
      if (!found) {
        forNobody(req, res);
        return;
      }
      const room = rooms.get(found.team);
      if (room) {
        req.url = found.target;
        room.take(req, res);
      } else {
        const message = `there is no team "${found.team}" [TEAM_UNKNOWN]`;
        sendText(res, 404, house.refusal(404, message));
      }
    },
    addresses: all.map(({ team: { name }, listening }) => ({
      team: name,
      url: listening?.url ?? `${main.url}/@${name}`,
    })),
    begin: () => {
      for (const [i, room] of all.entries()) room.begin(i === 0);
    },
    end: () => {
      for (const room of all) room.end();
    },
    closePorts: async () => {
      await Promise.all(all.map(({ listening }) => listening?.close()));
    },
    close: async () => {
      await Promise.all(all.map(({ room }) => room.close()));
    },
  };
}

const UNKNOWN: ErrorCode = 'TEAM_UNKNOWN';
const NAME_IT = 'this sandbox is shared by teams: name yours in front of the path, /@TEAM/…';

/** `/@payments/api/jobs` → team `payments`, target `/api/jobs`. @param prefix of a proxy, which may have left it there */
function teamIn(target: string, prefix: string): { team: string; target: string } | undefined {
  const own =
    prefix !== '' && target.startsWith(`${prefix}/@`) ? target.slice(prefix.length) : target;
  const [, team, rest] = /^\/@([A-Za-z0-9_-]{1,64})(?=[/?]|$)(.*)$/s.exec(own) ?? [];
  if (team === undefined || rest === undefined) return undefined;
  return { team, target: rest.startsWith('/') ? rest : `/${rest}` };
}

/** It is ready when every team's store answers. */
async function answerReady(
  all: readonly TeamRoom[],
  req: IncomingMessage,
  res: ServerResponse,
  handle: Handler,
): Promise<void> {
  try {
    await Promise.all(all.map(({ room }) => room.sandbox.store?.answers?.()));
  } catch (error) {
    const { message } = error as Error;
    res.setHeader('Retry-After', RETRY_AFTER);
    const body = { error: { status: 503, code: 'STORE_UNAVAILABLE', message } };
    sendText(res, 503, JSON.stringify(body));
    return;
  }
  handle(req, res);
}
