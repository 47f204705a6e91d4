import { type ClockMode, type ClockSetting, clockProblem } from '../../sandbox/clock.js';
import { ControlProblem } from './control-problem.js';

/** The clock that a request asks for. @throws ControlProblem */
export function readClock(raw: { mode: ClockMode; pace?: number; now?: string }): ClockSetting {
  const { mode, pace, now } = raw;
  const wrong = clockProblem({ mode, pace });
  if (wrong) throw new ControlProblem(422, wrong);
  if (pace !== undefined && mode !== 'paced') {
    throw new ControlProblem(422, `"pace" goes with {"mode": "paced"}, and the mode is ${mode}`);
  }
  if (now !== undefined && mode !== 'manual') {
    throw new ControlProblem(422, `"now" goes with {"mode": "manual"}, and the mode is ${mode}`);
  }
  if (Number.isNaN(Date.parse(now ?? '2000-01-01'))) {
    throw new ControlProblem(
      422,
      `"now" is ${JSON.stringify(now)}, which is no moment; write 2026-01-31T08:00:00Z`,
    );
  }
  const setting = {
    mode,
    ...(pace === undefined ? {} : { pace }),
    ...(now === undefined ? {} : { now: Date.parse(now) }),
  };
  const beyond = clockProblem(setting);
  if (beyond) throw new ControlProblem(422, beyond);
  return setting;
}
