import type { Session } from '../../sandbox/session.js';
import { changeSettings, type Rules, type SettingChanges } from '../../sandbox/settings.js';
import type { Setup } from '../../sandbox/setup.js';
import { rulesProblem } from '../options.js';
import { ControlProblem } from './control-problem.js';

/** The parts of a session's settings that its pack goes by. */
interface Changes {
  rules?: Rules;
  settings?: SettingChanges;
}

/** @throws ControlProblem for rules and settings that cannot be set */
export function checkRules({ pack, settings: began }: Setup, { rules, settings }: Changes): void {
  const wrong =
    (rules === undefined ? undefined : rulesProblem(rules)) ??
    changeSettings(pack?.settings ?? [], began, settings ?? {}, began);
  if (typeof wrong === 'string') throw new ControlProblem(422, wrong);
}

/** Sets what has been checked. */
export function setRules(session: Session, { rules, settings }: Changes): void {
  if (rules !== undefined) session.choose({ rules });
  if (settings !== undefined) session.changeSettings(settings);
}
