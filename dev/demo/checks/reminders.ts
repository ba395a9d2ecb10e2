import { readClock } from '../../../prisma/case-time.js';
import { readStories, type Story } from './case-story.js';
import type { CheckParts, Looked } from './check.js';
import { turnsOf } from './turns.js';

/**
 * No reminder was claimed after an answer was received: of its turn, or of its review while the row had no outcome.
 * Tried: reminders that a sender claimed, in reviews in which answers were received.
 */
export async function lookAtReminders({ database }: Pick<CheckParts, 'database'>): Promise<Looked> {
  const stories = await readStories(database);
  const { now } = await database.$transaction(readClock);
  const looked = stories.map((story) => remindersOf(story, now));
  const tried = looked.reduce((sum, one) => sum + one.tried, 0);
  return {
    tried,
    problems: looked.flatMap(({ problems }) => problems),
    found: `${tried} reminders went in reviews that were answered, none after the answers`,
  };
}

function remindersOf(story: Story, now: string): Pick<Looked, 'tried' | 'problems'> {
  const claimed = story.emails.filter(({ kind, claimedAt }) => kind.includes('reminder') && claimedAt !== null);
  const received = story.rows.filter(({ kind }) => kind === 'answers');
  if (received.length === 0) return { tried: 0, problems: [] };
  const { answers } = turnsOf(story, now);
  const problems = claimed.flatMap(({ key, turn, claimedAt }) => {
    const at = claimedAt?.toISOString() ?? '';
    const answered = answers.some((one) => one.turn === turn && one.receivedAt < at);
    const waiting = received.some(
      (row) => row.at.toISOString() < at && (row.outcome === null || row.outcome.at.toISOString() > at),
    );
    return answered || waiting ? [`${key} was claimed on ${at.slice(0, 16)}, after answers had been received`] : [];
  });
  return { tried: claimed.length, problems };
}
