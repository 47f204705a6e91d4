/** Arrows lead from mark to mark of a time line, which is one stop of the Tab key (ARIA APG, roving tabindex). */
export function moveAmongMarks(event: KeyboardEvent & { currentTarget: Element }): void {
  const { key, target, currentTarget } = event;
  const step = STEPS[key];
  if (step === undefined || !(target instanceof SVGElement)) return;
  const marks = [...currentTarget.querySelectorAll<SVGAElement>('svg.timeline a')];
  const here = marks.findIndex((mark) => mark.contains(target));
  const next = marks[Math.min(marks.length - 1, Math.max(0, here + step))];
  if (here === -1 || !next) return;
  next.focus();
  event.preventDefault();
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};
