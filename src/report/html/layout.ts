/** Heights of a timeline's parts, in pixels. */
export const LANE = 18;
export const ROW = 16;
export const BAR = 22;
export const AXIS = 22;
const FLAGS = 20;

/** Heights at which the parts of a timeline begin, from its top. */
export interface Layout {
  flags: number;
  polls: number;
  bar: number;
  axis: number;
}

/** @param lanes one for each broken rule. @param rows of polls */
export function layOut(lanes: number, rows: number): Layout {
  const flags = lanes * LANE + (lanes > 0 ? 4 : 0);
  const polls = flags + FLAGS;
  const bar = polls + rows * ROW + 6;
  return { flags, polls, bar, axis: bar + BAR };
}
