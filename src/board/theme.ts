import { signal } from '@preact/signals';
import { say } from '../say.js';
import { recall, remember } from './remember.js';

/** What the page looks like; `auto` as the system says. */
export const THEMES = { auto: say`Auto`, light: say`Light`, dark: say`Dark` } as const;
export type Theme = keyof typeof THEMES;

const known = recall('theme') ?? 'auto';
export const theme = signal<Theme>(Object.hasOwn(THEMES, known) ? (known as Theme) : 'auto');

const system = matchMedia('(prefers-color-scheme: dark)');

export function beginTheme(): void {
  system.addEventListener('change', paint);
  paint();
}

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  remember('theme', chosen);
  paint();
}

function paint(): void {
  const isDark = theme.value === 'auto' ? system.matches : theme.value === 'dark';
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  // By this word the viewer of contracts knows.
  document.documentElement.classList.toggle('dark-mode', isDark);
}
