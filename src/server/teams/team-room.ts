import type { IncomingMessage, ServerResponse } from 'node:http';
import { storeOfTeam } from '../../load/store-option.js';
import type { ServedTeam } from '../../load/team-file.js';
import type { Session, SessionEvent } from '../../sandbox/session.js';
import type { Setup } from '../../sandbox/setup.js';
import { formatDuration } from '../../time/duration.js';
import { CONTROL } from '../board/is-for-board.js';
import type { Handler, Listening } from '../http/listen.js';
import { resetConnection } from '../http/reset-connection.js';
import { sendText } from '../http/send-text.js';
import { type House, openRoom, type Room, type RoomAddress } from '../room.js';
import { RETRY_AFTER } from '../store-problem.js';
import { Idleness } from './expire-idle.js';
import { Rate } from './rate.js';
import { SharedGate } from './shared-gate.js';

/** A team's room, with what keeps it from its neighbours. */
export interface TeamRoom {
  team: ServedTeam;
  room: Room;
  /** Answers what has come by the address of all, without the team in front. */
  take: Handler;
  /** Its own port, if it has one. */
  listening: Listening | undefined;
  begin(tellsOfStore: boolean): void;
  end(): void;
}

/** How addresses of a team are made. */
export interface Ways {
  listenAt(port: number, name: string): Promise<Listening>;
  calledAt(url: string): RoomAddress['calledAs'];
}

/** @param main the address of all teams */
export async function openTeamRoom(
  team: ServedTeam,
  house: House,
  main: RoomAddress,
  { listenAt, calledAt }: Ways,
): Promise<TeamRoom> {
  const { options, onNotice, onEvent } = house;
  const { name, idle } = team;
  let idleness: Idleness | undefined;
  const room = await openRoom({
    ...house,
    setup: setupOf(house.setup, team),
    options: {
      ...options,
      store: storeOfTeam(options.store, name),
      controlToken: team.token,
    },
    onEvent: (session: Session, event: SessionEvent) => {
      if (event.kind === 'exchange') idleness?.note(session);
      onEvent?.(session, event);
    },
  });
  if (idle !== undefined) {
    idleness = new Idleness(room.sandbox, idle, (session) =>
      onNotice(expired(name, session, idle)),
    );
  }
  const rate = team.requestsPerSecond === undefined ? undefined : new Rate(team.requestsPerSecond);
  const within = (handle: Handler): Handler => {
    if (!rate) return handle;
    return (req, res) => {
      if (rate.take()) handle(req, res);
      else refuse(req, res, team, house);
    };
  };
  const gate = new SharedGate(`shared ${name}`);
  room.ports.add(gate);
  const { handle } = room.answerAt({
    url: `${main.url}/@${name}`,
    gate,
    calledAs: (req) => {
      const called = main.calledAs(req);
      return { ...called, prefix: `${called.prefix}/@${name}` };
    },
  });
  const answer = within(handle);
  const listening = team.port === undefined ? undefined : await listenAt(team.port, `own ${name}`);
  if (listening) {
    const { url } = listening;
    room.ports.add(listening.gate);
    listening.serve(within(room.answerAt({ url, calledAs: calledAt(url) }).handle));
  }
  return {
    team,
    room,
    listening,
    take: (req, res) => {
      if (gate.isClosed) resetConnection(req.socket);
      else answer(req, res);
    },
    begin: (tellsOfStore) => {
      room.begin(tellsOfStore);
      idleness?.begin();
    },
    end: () => {
      idleness?.end();
      room.end();
    },
  };
}

/** What a team may have more or less than others. Files that are read again are those of all. */
function setupOf(setup: Setup, { name, sessions, jobs, exchanges }: ServedTeam): Setup {
  const own = { ...setup, team: name };
  own.limits = {
    ...setup.limits,
    ...(sessions === undefined ? {} : { sessions }),
    ...(jobs === undefined ? {} : { jobs }),
    ...(exchanges === undefined ? {} : { journal: exchanges }),
  };
  for (const key of ['apis', 'routes', 'masking'] as const) {
    Object.defineProperty(own, key, { get: () => setup[key], enumerable: true });
  }
  return own;
}

function expired(team: string, session: string, idle: number): string {
  return `session ${session} of team ${team} was not used for ${formatDuration(idle)}, and is deleted`;
}

function refuse(
  req: IncomingMessage,
  res: ServerResponse,
  { name, requestsPerSecond }: ServedTeam,
  { refusal }: House,
): void {
  const message = `team ${name} may make ${requestsPerSecond} requests a second (requests_per_second)`;
  res.setHeader('Retry-After', RETRY_AFTER);
  const code = 'TEAM_TOO_MANY_REQUESTS';
  const isControl = (req.url ?? '').startsWith(CONTROL);
  const body = isControl
    ? JSON.stringify({ error: { status: 429, code, message } })
    : refusal(429, `${message} [${code}]`);
  sendText(res, 429, body);
}
