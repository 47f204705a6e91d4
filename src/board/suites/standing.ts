import { isRed, isUnplayed } from '../../report/describe.js';
import type { Come } from '../../view/report/outcome.js';
import type { Step } from './plan.js';

/** What has become of a scenario of the plan. */
export type Standing = 'waits' | 'running' | 'broken' | 'not played' | 'to improve' | 'kept';

export function standingOf({ view, chapter }: Pick<Step, 'view' | 'chapter'>): Standing {
  if (!view) return 'waits';
  if (chapter && isRed(chapter)) return 'broken';
  if (!chapter || chapter.verdict.run === 'running') return 'running';
  if (isUnplayed(chapter)) return 'not played';
  const { warning, note } = chapter.verdict.counts;
  return warning + note > 0 ? 'to improve' : 'kept';
}

/** In words, and the mark that it has. */
export const STANDINGS: Readonly<Record<Standing, { text: string; come: Come }>> = {
  waits: { text: 'to be played', come: 'off' },
  running: { text: 'the client works', come: 'note' },
  broken: { text: 'broken', come: 'error' },
  'not played': { text: 'not played', come: 'untested' },
  'to improve': { text: 'to improve', come: 'warning' },
  kept: { text: 'kept', come: 'passed' },
};

/** Its client may still do something. */
export function isRunning({ view }: Pick<Step, 'view'>): boolean {
  return view !== undefined && view.run !== 'over' && view.run !== 'stopped';
}

/** There is more to be done about it. */
export function isOpen(step: Pick<Step, 'view' | 'chapter'>): boolean {
  const standing = standingOf(step);
  return isRunning(step) || standing === 'waits' || standing === 'not played';
}
