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
  webhooks: number;
  bar: number;
  axis: number;
}

/** @param lanes one for each broken rule. @param rows of polls. @param hasWebhooks there is a row of them */
export function layOut(lanes: number, rows: number, hasWebhooks: boolean): Layout {
  const flags = lanes * LANE + (lanes > 0 ? 4 : 0);
  const polls = flags + FLAGS;
  const webhooks = polls + rows * ROW;
  const bar = webhooks + (hasWebhooks ? ROW : 0) + 6;
  return { flags, polls, webhooks, bar, axis: bar + BAR };
}
