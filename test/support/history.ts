import type { temporal } from '@temporalio/proto';
import type { StepResult } from '../../domain/step-result.js';
import { valueOf } from '../replay/commands.js';

type Event = temporal.api.history.v1.IHistoryEvent;

/** A step that a history tells of: an activity, or one inside the workflow's own task. */
export interface ToldStep {
  /** What operators read of it. */
  readonly summary: string;
  /** Whether a timer was armed for it. */
  readonly isDue: boolean;
  readonly result: StepResult;
}

/** The steps of a history that came to their end, in their order. */
export function stepsOf(events: readonly Event[]): readonly ToldStep[] {
  return events.flatMap((event): readonly ToldStep[] => {
    const { activityTaskCompletedEventAttributes: done, markerRecordedEventAttributes: marker } = event;
    if (done) {
      const scheduled = events.find(({ eventId }) => String(eventId) === String(done.scheduledEventId));
      const input = scheduled?.activityTaskScheduledEventAttributes?.input?.payloads?.[0];
      const { armedFor } = valueOf(input) as { armedFor: unknown };
      const result = valueOf(done.result?.payloads?.[0]) as StepResult;
      return [{ summary: summaryOf(scheduled), isDue: armedFor !== null, result }];
    }
    if (marker?.markerName !== 'core_local_activity') return [];
    const [data, result] = ['data', 'result'].map((part) => valueOf(marker.details?.[part]?.payloads?.[0]));
    // One that failed has no result; the ordinary step behind it has.
    if (result === null) return [];
    const isDue = (data as { activity_type: string }).activity_type !== 'takeSubmission';
    return [{ summary: summaryOf(event), isDue, result: result as StepResult }];
  });
}

function summaryOf(event: Event | undefined): string {
  return String(valueOf(event?.userMetadata?.summary));
}

/** Every text in what was read of a workflow, payloads included. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString()];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
