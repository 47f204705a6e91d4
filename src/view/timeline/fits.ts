/** A text that begins at a place of a timeline, in per cent. */
export interface Label {
  at: number;
  text: string;
}

/** Behind this place, in per cent, a label stands to the left of it. */
export const FLIPS = 82;

/** Inner widths for which labels are laid out, in pixels: of a phone, and of anything wider. */
const NARROW = 240;
const WIDE = 640;
/** Of a letter in a small size, in pixels. */
const LETTER = 6.6;
const PAD = 14;

/** Where a text can be shown without running into its neighbour. */
export type Room = 'always' | 'wide' | 'never';

/** Labels in the order of their places; none may cover another one, or another one's place. */
export function roomFor(labels: readonly Label[], width = WIDE): Room[] {
  const narrow = place(labels, NARROW);
  const wide = place(labels, width);
  return labels.map((_, i) => (narrow[i] ? 'always' : wide[i] ? 'wide' : 'never'));
}

/** A text within a part of the timeline. */
export function roomWithin(text: string, percent: number, width = WIDE): Room {
  const wanted = text.length * LETTER + PAD;
  if ((percent / 100) * NARROW >= wanted) return 'always';
  return (percent / 100) * width >= wanted ? 'wide' : 'never';
}

function place(labels: readonly Label[], width: number): boolean[] {
  let taken = Number.NEGATIVE_INFINITY;
  return labels.map(({ at, text }, i) => {
    const size = ((text.length * LETTER + PAD) / width) * 100;
    const [from, to] = at > FLIPS ? [at - size, at] : [at, at + size];
    const before = labels[i - 1]?.at ?? Number.NEGATIVE_INFINITY;
    const next = labels[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    if (from < taken || from < before || to > next) return false;
    taken = to;
    return true;
  });
}
