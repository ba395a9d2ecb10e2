import type { coresdk, temporal } from '@temporalio/proto';

/** A command as the SDK's core takes it from a workflow. */
export type Command = coresdk.workflow_commands.IWorkflowCommand;
type Payload = temporal.api.common.v1.IPayload;

/**
 * What a workflow asks of Temporal, in one line: names, summaries, arguments, exact lengths, queues, limits, retries.
 * Replay compares only the order and the names of commands; these lines show the rest.
 */
export function lineOf(command: Command): string {
  const summary = valueOf(command.userMetadata?.summary);
  const said = typeof summary === 'string' ? ` "${summary}"` : '';
  const { scheduleActivity, scheduleLocalActivity, startTimer, cancelTimer, setPatchMarker } = command;
  if (scheduleActivity) return activityLine(scheduleActivity, said);
  if (scheduleLocalActivity) return `in the task: ${activityLine(scheduleLocalActivity, said)}`;
  if (startTimer) return `timer${said} of ${lengthOf(startTimer.startToFireTimeout)}`;
  if (cancelTimer) return 'timer cancelled';
  const attributes = command.upsertWorkflowSearchAttributes?.searchAttributes?.indexedFields;
  if (attributes) {
    const named = Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1));
    return `attributes ${named.map(([name, payload]) => `${name}=${JSON.stringify(valueOf(payload))}`).join(' ')}`;
  }
  if (setPatchMarker) return `patched ${setPatchMarker.patchId}`;
  const next = command.continueAsNewWorkflowExecution;
  if (next) return `continue as new ${next.workflowType} ${argumentsOf(next.arguments)}`;
  if (command.completeWorkflowExecution) return 'complete';
  // None of our workflows gives another: the word alone tells that one does now.
  return Object.keys(command).filter((key) => command[key as keyof Command] !== undefined)[0] ?? 'nothing';
}

type Activity = coresdk.workflow_commands.IScheduleActivity;
type LocalActivity = coresdk.workflow_commands.IScheduleLocalActivity;

function activityLine(activity: Activity | LocalActivity, said: string): string {
  const { activityType, retryPolicy, startToCloseTimeout } = activity;
  const { taskQueue, heartbeatTimeout }: Activity = activity;
  const limits = [
    ['within', startToCloseTimeout],
    ['within in all', activity.scheduleToCloseTimeout],
    ['begun within', activity.scheduleToStartTimeout],
    ['a beat every', heartbeatTimeout],
  ] as const;
  const most = retryPolicy?.maximumAttempts ?? 0;
  const factor = retryPolicy?.backoffCoefficient ?? 0;
  const never = retryPolicy?.nonRetryableErrorTypes ?? [];
  return [
    `activity ${activityType}${said} ${argumentsOf(activity.arguments)}`.trimEnd(),
    ...limits.flatMap(([word, length]) => (length ? [`${word} ${lengthOf(length)}`] : [])),
    ...(most === 1
      ? ['once']
      : [
          `again after ${lengthOf(retryPolicy?.initialInterval)} to ${lengthOf(retryPolicy?.maximumInterval)}`,
          ...(factor === 0 ? [] : [`each ${factor} times as long`]),
          most === 0 ? 'without end' : `${most} times`,
        ]),
    ...(never.length === 0 ? [] : [`never after ${never.join(' ')}`]),
    // A replay has a queue of its own for what names none.
    ...(taskQueue?.startsWith('fake_replay_queue') === false ? [`by ${taskQueue}`] : []),
  ].join(', ');
}

function argumentsOf(payloads: readonly Payload[] | null | undefined): string {
  return (payloads ?? []).map((payload) => JSON.stringify(valueOf(payload))).join(', ');
}

/** What a payload of ours holds: JSON, or nothing. */
export function valueOf(payload: Payload | null | undefined): unknown {
  const text = Buffer.from(payload?.data ?? []).toString();
  return text === '' ? null : (JSON.parse(text) as unknown);
}

type Length = { seconds?: unknown; nanos?: number | null } | null | undefined;

/** A length to the millisecond: "22 days 15:59:59.770", or "30 s" if it is short and whole. */
function lengthOf(given: Length): string {
  const milliseconds = Number(given?.seconds ?? 0) * 1000 + (given?.nanos ?? 0) / 1e6;
  if (milliseconds < 60_000) return `${milliseconds / 1000} s`;
  const days = Math.floor(milliseconds / 86_400_000);
  const rest = new Date(milliseconds % 86_400_000).toISOString().slice(11, 23);
  return days === 0 ? rest : `${days} days ${rest}`;
}
