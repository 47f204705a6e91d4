import { effect } from '@preact/signals';
import { route } from './route.js';

/** What comes so soon after a click, in milliseconds, comes of it. */
const SOON = 1000;

/** How far each part of the page was scrolled when it was left. */
const left = new Map<string, number>();
let here = '';
let clickedAt = Number.NEGATIVE_INFINITY;

/** Another part of the page begins at its top; who goes back comes to where it was left. */
export function keepPlaces(): void {
  history.scrollRestoration = 'manual';
  addEventListener('scroll', () => left.set(here, scrollY), { passive: true });
  const click = () => {
    clickedAt = performance.now();
  };
  addEventListener('click', click, { capture: true });
  effect(() => {
    const now = route.value.path.join('/');
    if (now === here) return;
    const isBack = performance.now() - clickedAt > SOON;
    const top = isBack ? (left.get(now) ?? 0) : 0;
    here = now;
    requestAnimationFrame(() => scrollTo(0, top));
  });
}
