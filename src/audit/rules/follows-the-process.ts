import type { Rule } from '../rule.js';

/** Judged where a session is held to a suite by process, over all of its APIs at once. */
export const followsTheProcess: Omit<Rule, 'judge'> = {
  name: 'follows-the-process',
  title: 'The client goes through the process step by step',
  why: 'A process is through when each of its steps is, in their order: a system that leaves one out is not admitted.',
  severity: 'error',
  sources: [{ text: 'the steps of the suite' }],
  advice:
    'do each step as the suite tells it, and the next one when it is over: esoz-sandbox suites',
};
