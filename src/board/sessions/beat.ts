import { signal } from '@preact/signals';

/** Changes as time goes on, while the page is to be seen: what shows a clock that moves reads it. */
export const beat = signal(0);

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** So often, in milliseconds; less often for people whom motion disturbs. */
function pause(): number {
  return calm.matches ? 1000 : 250;
}

function go(): void {
  if (document.visibilityState === 'visible') beat.value += 1;
  setTimeout(go, pause());
}

go();
