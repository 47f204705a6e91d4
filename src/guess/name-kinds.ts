import type { GuessedJobs } from './guess.js';
import { plainWord } from './words.js';

/** Words that say of no kind of jobs which it is. */
const ANY = /^(jobs?|tasks?|operations?|runs?|requests?|results?|status)$/;

/**
 * A name for each kind of jobs, after the path where such things are made: `batches`; where that is a word for any
 * job, with what stands in front of it: `fine-tuning-jobs`.
 */
export function nameKinds(kinds: readonly GuessedJobs[]): string[] {
  const taken = new Set<string>();
  return kinds.map(({ report }) => {
    const parts = report.collection
      .split('/')
      .filter((part) => part !== '' && !part.includes('{') && !/^(api|v\d+.*)$/i.test(part))
      .map((part) => dashed(part))
      .filter((part) => part !== '');
    const last = parts.at(-1) ?? dashed(report.operation.id);
    const longer = [...parts.slice(-2, -1), last].join('-');
    const wanted = ANY.test(last) || taken.has(last) ? longer : last;
    let name = wanted === 'suites' || wanted === '' ? `${wanted}jobs` : wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}-${number}`;
    taken.add(name);
    return name;
  });
}

/** `fineTuning` and `fine_tuning` are `fine-tuning`, of the letters that a file's name may have everywhere. */
function dashed(part: string): string {
  return plainWord(part)
    .normalize('NFKD')
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
