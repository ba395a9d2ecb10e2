import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import { IN_TASK_MS, POST } from './contract.js';
import type { PostActivities, StepActivities } from '../activities/index.js';

/**
 * Steps are tried again without end: mail, database and people come back, and operators see every attempt. At most
 * 10 s apart, so that cases go on soon after an outage. Every limit of the database client stays below 30 s.
 */
export const steps = proxyActivities<StepActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '10 seconds' },
});

/**
 * The same steps inside the workflow's own task: one event instead of six, and no second queue before a person hears
 * the outcome. Tried once, and for less than a task may last: what fails here is done by the ordinary step behind it,
 * where operators see every attempt.
 */
export const stepsInTask = proxyLocalActivities<StepActivities>({
  startToCloseTimeout: IN_TASK_MS,
  retry: { maximumAttempts: 1 },
});

/**
 * Sender and relay run until their worker stops. A beat within 6 s tells that they live: so long rows and emails
 * wait when a worker was killed. They end by themselves before the day is over and are called anew.
 */
export const post = proxyActivities<PostActivities>({
  taskQueue: POST,
  startToCloseTimeout: '1 day',
  heartbeatTimeout: '6 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '5 seconds' },
});
