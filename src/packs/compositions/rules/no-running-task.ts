import { tasksAt } from '../tasks.js';
import { type BusinessRule, ERROR_TABLE } from './business-rule.js';
import type { Cancelling } from './cancelling.js';

/** CANCELLATION_FOR_RUNNING_TASK */
export const noRunningTask: BusinessRule<Cancelling> = {
  name: 'no-running-task',
  code: '1006',
  title: 'A conclusion is not cancelled while an integration task of it is PENDING',
  source: ERROR_TABLE,
  broken: ({ composition }, { now }) => {
    const task = tasksAt(composition.facts.tasks, now).find(
      ({ taskStatus }) => taskStatus === 'PENDING',
    );
    return task && { what: `the task ${task.type} for ${task.component} is PENDING` };
  },
};
