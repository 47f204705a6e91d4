import { type Figures, mayBeLate, standingOf } from './figures.js';

/** Rates that are tried unless one is asked for; what takes a machine's time takes so many times as long beside them. */
export const RATES = [20, 15, 10, 8, 5, 3, 2] as const;
/** More probes would take longer than they save. */
const MOST_PROBES = 3;

/** What a run can be played at. */
export interface Calibrated {
  rate: number;
  figures: Figures;
}

/**
 * Finds the greatest rate that a runtime on this machine can stand. What a request takes beside a rate grows with it, so
 * one probe says which rate to try next.
 * @param measure runs a probe at a rate
 * @returns undefined where none can be stood, or time does not run faster at all
 */
export async function calibrate(
  measure: (rate: number) => Promise<Figures>,
  most: number = RATES[0],
): Promise<Calibrated | undefined> {
  let rate: number | undefined = most;
  for (let probes = 0; probes < MOST_PROBES && rate !== undefined; probes += 1) {
    const figures = await lookedAtTwice(measure, rate);
    const { unscaled, strain } = standingOf(figures, rate);
    if (unscaled.length > 0 || strain <= 1) return { rate, figures };
    rate = below(rate, strain);
  }
  return undefined;
}

/** Measures at a rate, and once more where a machine that was at something else may have made a time-out run long. */
export async function lookedAtTwice(
  measure: (rate: number) => Promise<Figures>,
  rate: number,
): Promise<Figures> {
  const figures = await measure(rate);
  return mayBeLate(figures) ? measure(rate) : figures;
}

/** The greatest rate beside which that strain would have been none. */
function below(rate: number, strain: number): number | undefined {
  return (
    RATES.find((one) => one < rate && one <= rate / strain) ??
    RATES.filter((one) => one < rate).at(-1)
  );
}
