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
  /** States as they were; where these are not known, the same as `bar`. */
  truth: number;
  /** What the client was told. */
  bar: number;
  axis: number;
}

interface Rows {
  /** One for each broken rule. */
  lanes: number;
  /** So many under each other. */
  polls: number;
  webhooks: number;
  truth: boolean;
}

export function layOut({ lanes, polls: rows, webhooks: hookRows, truth: hasTruth }: Rows): Layout {
  const flags = lanes * LANE + (lanes > 0 ? 4 : 0);
  const polls = flags + FLAGS;
  const webhooks = polls + rows * ROW;
  const truth = webhooks + hookRows * ROW + 6;
  const bar = truth + (hasTruth ? BAR + 3 : 0);
  return { flags, polls, webhooks, truth, bar, axis: bar + BAR };
}
