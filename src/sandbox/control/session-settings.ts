import type { Run } from '../../run.js';
import { ControlProblem, type Refuse, unprocessable } from '../../sandbox-error.js';
import type { Api } from '../api.js';
import { checkAuth } from '../authenticate.js';
import { checkEnvelopes } from '../binding-words.js';
import type { Holding } from '../change.js';
import { changeSettings } from '../change-settings.js';
import type { ChaosSetting } from '../chaos.js';
import { type ClockMode, type ClockSetting, checkClock } from '../clock.js';
import { type Quota, type QuotaSetting, readQuota } from '../quota.js';
import { scenariosNamed } from '../select-scenario.js';
import type { Session } from '../session.js';
import { type Auth, checkRules, type Rules, type SettingChanges } from '../settings.js';
import type { Setup } from '../setup.js';
import { type ChaosOptions, readChaos } from './chaos-options.js';

/** What `PUT /__sandbox/sessions/{session}` takes. Moments are RFC 3339 date-times. */
export interface SessionSettings {
  /** null goes back to the server's choice. */
  scenario?: string | null;
  clock?: { mode: ClockMode; pace?: number; rate?: number; now?: string };
  envelope?: string;
  /** Faults by chance; null ends them. */
  chaos?: ChaosOptions | null;
  /** `off`: no business rule is applied, only scenarios play. */
  rules?: Rules;
  /** `strict`: a request needs a token that the sandbox has handed out. */
  auth?: Auth;
  /** How many requests a token may make in a minute, of each operation apart; null: as many as it likes. */
  quota?: QuotaSetting | null;
  /** Jobs are held as soon as they are scheduled: the next one, or each; null: none. */
  hold?: Holding | null;
  /** Settings of the pack by name; null goes back to what the server began with. */
  settings?: SettingChanges;
  /** How the client's run stands, for verdicts that do not say so themselves; null: nobody says. */
  run?: Run | null;
  /** Somebody has seen that the client shows what has failed. */
  seen?: boolean;
}

/** Settings that can be made, in the sandbox's own terms. */
interface CheckedSettings extends Omit<SessionSettings, 'clock' | 'chaos' | 'quota'> {
  clock: ClockSetting | undefined;
  /** null ends it; undefined leaves it as it is. */
  chaos: ChaosSetting | null | undefined;
  /** The same. */
  quota: Quota | null | undefined;
}

/** Checks all of them before a session begins or changes. @throws ControlProblem */
export function checkSettings(setup: Setup, given: SessionSettings): CheckedSettings {
  const { scenario, clock, envelope, chaos, rules, auth, quota, settings } = given;
  if (typeof scenario === 'string') scenariosNamed(setup.apis, scenario, notFound);
  if (envelope !== undefined) checkEnvelopes(setup.apis, envelope, unprocessable);
  if (rules !== undefined) checkRules(rules, unprocessable);
  if (auth !== undefined) checkAuth(setup.apis, auth, unprocessable);
  if (settings !== undefined) changeSettings(setup.apis, settings, unprocessable);
  return {
    ...given,
    clock: clock && readClock(clock),
    chaos: chaos && readChaos(chaos, setup.apis, unprocessable),
    quota: quota === undefined || quota === null ? quota : readQuota(quota, unprocessable),
  };
}

/** What is left out stays. @throws ControlProblem for a clock that would go back, and nothing is changed then */
export function applySettings(session: Session, checked: CheckedSettings): void {
  const { scenario, clock, envelope, chaos, rules, auth, quota, hold, settings, run, seen } =
    checked;
  if (clock) session.setClock(clock);
  if (scenario !== undefined) session.choose({ scenario: scenario ?? undefined });
  if (envelope !== undefined) session.choose({ envelope });
  if (chaos !== undefined) session.setChaos(chaos ?? undefined);
  if (rules !== undefined) session.choose({ rules });
  if (auth !== undefined) session.choose({ auth });
  if (quota !== undefined) session.choose({ quota: quota ?? undefined });
  if (hold !== undefined) session.choose({ hold: hold ?? undefined });
  if (settings !== undefined) chooseSettings(session, settings, unprocessable);
  if (run !== undefined) session.choose({ run: run ?? undefined });
  if (seen !== undefined) session.choose({ seen });
}

/** Changes settings of packs in a session. @throws what `refuse` makes, for a name or a value that cannot be */
export function chooseSettings(session: Session, changes: SettingChanges, refuse: Refuse): void {
  const { chosen, setup } = session;
  const own = ({ name }: Api) => chosen.settings[name] ?? {};
  const after = changeSettings(setup.apis, changes, refuse, own);
  const byApi = setup.apis.map(({ name }, i) => [name, after[i] ?? {}] as const);
  session.choose({ settings: Object.fromEntries(byApi) });
}

export const notFound: Refuse = (...mistake) => new ControlProblem(404, ...mistake);

function readClock({ mode, pace, rate, now }: NonNullable<SessionSettings['clock']>): ClockSetting {
  const setting = {
    mode,
    ...(pace === undefined ? {} : { pace }),
    ...(rate === undefined ? {} : { rate }),
  };
  checkClock(setting, unprocessable);
  if (pace !== undefined && mode !== 'paced') {
    const what = `"pace" goes with {"mode": "paced"}, and the mode is ${mode}`;
    throw unprocessable('CLOCK_PACE_WITHOUT_MODE', what);
  }
  if (rate !== undefined && mode !== 'fast') {
    const what = `"rate" goes with {"mode": "fast"}, and the mode is ${mode}`;
    throw unprocessable('CLOCK_RATE_WITHOUT_MODE', what);
  }
  if (now === undefined) return setting;
  if (mode !== 'manual') {
    const what = `"now" goes with {"mode": "manual"}, and the mode is ${mode}`;
    throw unprocessable('CLOCK_MOMENT_WITHOUT_MODE', what);
  }
  if (Number.isNaN(Date.parse(now))) {
    const what = `"now" is ${JSON.stringify(now)}, which is no moment`;
    throw unprocessable('CLOCK_WRONG_MOMENT', what, 'write 2026-01-31T08:00:00Z');
  }
  const at = { ...setting, now: Date.parse(now) };
  checkClock(at, unprocessable);
  return at;
}
