import type { temporal } from '@temporalio/proto';
import type { History } from '@temporalio/common/lib/proto-utils.js';

type Event = temporal.api.history.v1.IHistoryEvent;
type Payload = temporal.api.common.v1.IPayload;

/**
 * What a workflow asked of Temporal, a line each: names, summaries, arguments, limits. Replay compares only the order
 * and the names of commands; these lists show the rest. Instants are cut to the hour: they hold the time of the run.
 */
export function commandsOf({ events }: History): string {
  const lines = (events ?? []).flatMap((event) => commandOf(event) ?? []);
  return `${lines.join('\n')}\n`;
}

function commandOf(event: Event): string | null {
  const summary = valueOf(event.userMetadata?.summary);
  const said = typeof summary === 'string' ? ` "${summary}"` : '';
  const activity = event.activityTaskScheduledEventAttributes;
  if (activity) {
    const { activityType, input, startToCloseTimeout, retryPolicy } = activity;
    const most = retryPolicy?.maximumAttempts ?? 0;
    const retries = `again after ${length(retryPolicy?.initialInterval)} to ${length(retryPolicy?.maximumInterval)}`;
    const limits = `within ${length(startToCloseTimeout)}, ${retries}${most === 0 ? ', without end' : `, ${most} times`}`;
    return `activity ${activityType?.name}${said} ${argumentsOf(input)} ${limits}`;
  }
  const timer = event.timerStartedEventAttributes;
  if (timer) return `timer${said} of ${hours(timer.startToFireTimeout)}`;
  if (event.timerCanceledEventAttributes) return 'timer cancelled';
  const attributes = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields;
  if (attributes) {
    const named = Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1));
    return `attributes ${named.map(([name, payload]) => `${name}=${shownOf(valueOf(payload))}`).join(' ')}`;
  }
  const marker = event.markerRecordedEventAttributes;
  if (marker) return `marker ${marker.markerName}`;
  const next = event.workflowExecutionContinuedAsNewEventAttributes;
  if (next) return `continue as new ${next.workflowType?.name} ${argumentsOf(next.input)}`;
  return event.workflowExecutionCompletedEventAttributes ? 'complete' : null;
}

function argumentsOf(input: { payloads?: Payload[] | null } | null | undefined): string {
  return (input?.payloads ?? []).map((payload) => shownOf(valueOf(payload))).join(', ');
}

function valueOf(payload: Payload | null | undefined): unknown {
  const text = Buffer.from(payload?.data ?? []).toString();
  return text === '' ? null : (JSON.parse(text) as unknown);
}

function shownOf(value: unknown): string {
  // The clock holds real instants; it is in no argument of a step.
  const text = JSON.stringify(value, (key, inner: unknown) => (key === 'clock' ? undefined : inner));
  return text.replaceAll(/(\d{4}-\d\d-\d\dT\d\d):\d\d:\d\d\.\d{3}Z/gu, '$1h');
}

type Length = { seconds?: unknown; nanos?: number | null } | null | undefined;
const milliseconds = (given: Length) => Number(given?.seconds ?? 0) * 1000 + (given?.nanos ?? 0) / 1e6;
const length = (given: Length) => `${milliseconds(given) / 1000} s`;

function hours(given: Length): string {
  const minutes = milliseconds(given) / 60_000;
  return minutes < 1 ? 'less than a minute' : `${Math.round(minutes / 60)} h`;
}
