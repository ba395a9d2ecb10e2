import { historyFromJSON, historyToJSON, type History } from '@temporalio/common/lib/proto-utils.js';

interface PlainEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly [more: string]: unknown;
}

/** A history as other workflow code would have left it. */
export type Doctored = (history: History) => History;

const change = (edit: (events: readonly PlainEvent[]) => readonly PlainEvent[]): Doctored => {
  return (history) => {
    // What historyToJSON makes of a history.
    const { events } = JSON.parse(historyToJSON(history)) as { events: readonly PlainEvent[] };
    return historyFromJSON({ events: edit(events) });
  };
};

const isActivity = ({ eventType }: PlainEvent) => eventType === 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED';
const lastActivity = (events: readonly PlainEvent[]) => events.findLastIndex(isActivity);

/** Another activity was called at the last step. */
export const renamed = change((events) =>
  events.map((event, index) => {
    if (index !== lastActivity(events)) return event;
    const scheduled = event['activityTaskScheduledEventAttributes'] as object;
    return {
      ...event,
      activityTaskScheduledEventAttributes: { ...scheduled, activityType: { name: 'anotherActivity' } },
    };
  }),
);

/** A timer was started where the last activity was called. */
export const replaced = change((events) =>
  events.map((event, index) => {
    if (index !== lastActivity(events)) return event;
    const { eventId, eventTime, taskId } = event;
    const timerStartedEventAttributes = { timerId: '99', startToFireTimeout: '60s' };
    return { eventId, eventTime, taskId, eventType: 'EVENT_TYPE_TIMER_STARTED', timerStartedEventAttributes };
  }),
);

/** What changed at the last step was never shown. */
export const removed = change((events) => {
  const last = events.findLastIndex(({ eventType }) => eventType === 'EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES');
  const left = events.filter((_, index) => index !== last);
  return renumbered(left, { from: last + 1, by: -1 });
});

/** One more timer was started with the last one. */
export const added = change((events) => {
  const last = events.findLastIndex(({ eventType }) => eventType === 'EVENT_TYPE_TIMER_STARTED');
  const timer = events[last];
  if (timer === undefined) return events;
  const more = { ...timer, timerStartedEventAttributes: { timerId: '99', startToFireTimeout: '60s' } };
  const later = renumbered(events.slice(last + 1), { from: last + 1, by: 1 });
  return [...events.slice(0, last + 1), { ...more, eventId: String(last + 2) }, ...later];
});

/** Numbers events anew, and what refers to them. */
function renumbered(events: readonly PlainEvent[], { from, by }: { from: number; by: number }): readonly PlainEvent[] {
  const moved = (value: unknown, key: string): unknown => {
    if (typeof value === 'string' && /EventId$|^eventId$/u.test(key)) {
      return Number(value) > from ? String(Number(value) + by) : value;
    }
    if (Array.isArray(value)) return value.map((one) => moved(one, ''));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, moved(inner, name)]));
  };
  return events.map((event) => moved(event, '') as PlainEvent);
}
