import { formatCount } from '../format.js';
import type { Rule } from '../rule.js';
import { SOURCES } from './sources.js';

export const onlyKnownJobs: Rule = {
  name: 'only-known-jobs',
  title: 'Only ids that an answer has handed out are polled',
  why: "An id that was mixed up, cut or never read (`undefined` is a favourite) is nobody's job, or somebody else's.",
  severity: 'error',
  sources: [SOURCES.job, SOURCES.notFound],
  advice: 'take the id from the answer that scheduled the job, as it stands there',
  judge: ({ attempts: cases, unknownJobPolls: strangers }) => ({
    tested: cases.filter(({ polls }) => polls.length > 0).length + strangers.size,
    wanting: 'no job was polled',
    breaches: [...strangers].map(([id, polls]) => ({
      message: `"${id}" was polled (${formatCount(polls.length, 'time')}), an id that no answer of this session has handed out`,
      calls: polls,
    })),
  }),
};
