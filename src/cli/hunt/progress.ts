import pc from 'picocolors';
import { formatCount } from '../../audit/format.js';
import type { HuntEvent } from '../../hunt/plan.js';
import { t } from '../../texts/spoken.js';
import type { Duration, MachineMs } from '../../time/moments.js';

const REDRAWN_EVERY: MachineMs = 500;
const CLEAR_LINE = '\r\u001b[K';

/** `1 life`, `7 lives`. */
export function tellLives(lives: number): string {
  return lives === 1 ? t('1 life') : t`${lives} lives`;
}

/** A line that is redrawn on a terminal; elsewhere a line for what happens now and then. */
export function makeProgress(out: NodeJS.WriteStream, budget: Duration) {
  const live = out.isTTY === true;
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let lives = 0;
  let doing = '';
  const draw = () => {
    const left = Math.max(0, Math.round((budget - (performance.now() - began)) / 1000));
    out.write(`${CLEAR_LINE}${pc.dim(`${tellLives(lives)}, ${t`${left} s left`}${doing}`)}`);
  };
  const line = (text: string) => out.write(`${live ? CLEAR_LINE : ''}${pc.dim(text)}\n`);
  return {
    begin: (): void => {
      if (!live) return;
      timer = setInterval(draw, REDRAWN_EVERY);
      timer.unref();
    },
    hear: (event: HuntEvent): void => {
      if (event.kind === 'played') lives = event.lives;
      if (event.kind === 'confirming') {
        line(t`life ${event.number} breaks the client: it is played again, twice`);
      }
      if (event.kind === 'flaky') line(t('it does not break it each time: that does not count'));
      if (event.kind === 'shrinking') {
        doing = `, ${t('shrinking')}`;
        line(t`shrinking a life of ${formatCount(event.steps, 'step')}`);
      }
      if (event.kind === 'found') doing = '';
    },
    end: (): void => {
      clearInterval(timer);
      timer = undefined;
      if (live) out.write(CLEAR_LINE);
    },
  };
}
