// Notes in a process that is measured how long its event loop has stood still at most; told at SIGUSR2, in milliseconds.
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The time from one look to the next, in milliseconds: it is part of what is told. */
const EVERY = 5;
const delay = monitorEventLoopDelay({ resolution: EVERY });
delay.enable();
process.on('SIGUSR2', () => {
  writeFileSync(process.env.ESOZ_BENCH_PAUSES, String(delay.max / 1e6 - EVERY));
  delay.reset();
});
