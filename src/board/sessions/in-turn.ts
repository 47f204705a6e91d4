import type { ReadonlySignal } from '@preact/signals';
import { flushSync } from 'preact/compat';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Of a frame's 16 ms so much is spent on what may wait. */
const BUDGET = 8;

const waiting = new Map<object, () => void>();
let running = false;

/**
 * Does what waits, a little after each frame: however much has come, the page moves on. It is a task of its own, for to lay
 * out and paint what has changed is one that takes as long.
 */
function run(): void {
  const end = performance.now() + BUDGET;
  for (const [key, work] of waiting) {
    waiting.delete(key);
    flushSync(work);
    if (performance.now() >= end) break;
  }
  running = waiting.size > 0;
  if (running) runSoon();
}

function runSoon(): void {
  requestAnimationFrame(() => setTimeout(run));
}

function inTurn(key: object, work: () => void): void {
  waiting.set(key, work);
  if (running) return;
  running = true;
  runSoon();
}

/** What a signal said when it was last this component's turn; what has come meanwhile draws nothing. */
export function useInTurnOf<T>(of: ReadonlySignal<T>): T {
  const [shown, show] = useState({ of, value: of.peek() });
  useEffect(() => {
    const key = {};
    const end = of.subscribe((value) => inTurn(key, () => show({ of, value })));
    return () => {
      end();
      waiting.delete(key);
    };
  }, [of]);
  return shown.of === of ? shown.value : of.peek();
}

/**
 * A value as it was when it was last this component's turn to be drawn anew; of values that come faster only the last
 * one is.
 * @param wanted false: nobody sees it, so it can wait until somebody does
 */
export function useInTurn<T>(value: T, wanted = true): T {
  const [shown, show] = useState({ value });
  const key = useRef({});
  useEffect(() => {
    if (wanted && shown.value !== value) inTurn(key.current, () => show({ value }));
  }, [value, wanted, shown]);
  useEffect(() => {
    const own = key.current;
    return () => void waiting.delete(own);
  }, []);
  return shown.value;
}
