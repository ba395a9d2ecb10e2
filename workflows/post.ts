import { continueAsNew, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import { post } from './policies.js';

/** Hands emails to the mail server, for ever. Its activity's heartbeat details say what waits and why. */
export async function outbox(): Promise<void> {
  setCurrentDetails('The **sender** hands due emails to the mail server. What waits, and why: see the heartbeat.');
  while (!workflowInfo().continueAsNewSuggested)
    await post.handOverEmails.executeWithOptions({ summary: 'the sender' }, []);
  await continueAsNew<typeof outbox>();
}

/** Tells cases that there is something for them, for ever. */
export async function inbox(): Promise<void> {
  setCurrentDetails('The **relay** nudges cases for which rows wait. What waits, and why: see the heartbeat.');
  while (!workflowInfo().continueAsNewSuggested) await post.nudgeCases.executeWithOptions({ summary: 'the relay' }, []);
  await continueAsNew<typeof inbox>();
}

/** Looks at the links of answers, for ever, where that is wished. Beside sender and relay, which it never keeps waiting. */
export async function links(): Promise<void> {
  setCurrentDetails('Looks at **links of answers**, as a hint for reviewers. How many are due: see the heartbeat.');
  while (!workflowInfo().continueAsNewSuggested) await post.checkLinks.executeWithOptions({ summary: 'the links' }, []);
  await continueAsNew<typeof links>();
}
