import type { Call } from '../call.js';
import { formatCount } from '../format.js';
import { runs } from '../lists.js';
import { type Breach, type Judgement, judgePolled, type Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const stopsOn404: Rule = {
  name: 'stops-on-404',
  title: 'A job that stays unknown (404) is given up after a few tries',
  why: 'A new job may not be visible at once. One that stays away is gone, its outcome is unknown, and asking on does not bring it back.',
  severity: 'error',
  sources: [SOURCES.notFound, SOURCES.job],
  advice: 'count 404 answers in a row; after the third stop, and report the outcome as unknown',
  allowance: { kind: 'count', usual: 3, means: 'answers 404 in a row' },
  judge: (history, allowed) => {
    const wanting = 'no job stayed away (404)';
    const judgement = judgePolled(
      history,
      wanting,
      (one) => {
        if (!one.pollsBeforeFinal.some(({ reply }) => reply === 'gone')) return undefined;
        const most = allowed(one);
        const last = one.pollsBeforeFinal.at(-1);
        const long = longest(one.pollsBeforeFinal);
        if (long.length === 0 || (long.length <= most && last !== long.at(-1))) return undefined;
        return { message: tell(long, most), calls: long };
      },
      ['gone'],
    );
    return withStrangers(judgement, history.unknownJobPolls, allowed());
  },
};

/** Ids that nobody has handed out stay away as well. */
function withStrangers(
  judgement: Judgement,
  strangers: ReadonlyMap<string, Call[]>,
  allowed: number,
): Judgement {
  const found: Breach[] = [];
  for (const polls of strangers.values()) {
    const long = longest(polls);
    const message = tell(long, allowed);
    if (message) found.push({ message, calls: long });
  }
  const { tested, breaches, wanting } = judgement;
  return { tested: tested + found.length, breaches: [...breaches, ...found], wanting };
}

function longest(polls: readonly Call[]): Call[] {
  const gone = runs(polls, ({ reply }) => reply === 'gone');
  return gone.reduce<Call[]>((a, b) => (b.length > a.length ? b : a), []);
}

function tell(gone: readonly Call[], allowed: number): string | undefined {
  if (gone.length <= allowed) return undefined;
  return `the job was asked for ${formatCount(gone.length, 'time')} in a row although it was not found (404)`;
}
