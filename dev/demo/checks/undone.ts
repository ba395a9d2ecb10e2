import type { CaughtEmail } from '../../mailbox.js';
import type { Undone } from '../office.js';
import { readStories, type Story } from './case-story.js';
import type { CheckParts, Looked } from './check.js';
import type { Page } from './pages.js';

type Verdict = Story['verdicts'][number];

/**
 * A verdict that was undone left no email and no trace in public but the ledger: none of its round was decided or told, the
 * review's public page tells of the verdicts that stand and no others, and what its reviewer had written is nowhere.
 * Tried: verdicts that were undone.
 */
export async function lookAtUndone({
  database,
  mailbox,
  pages,
  undone,
}: Pick<CheckParts, 'database' | 'mailbox'> & {
  readonly pages: () => Promise<readonly Page[]>;
  readonly undone: readonly Undone[];
}): Promise<Looked> {
  const stories = await readStories(database);
  const shown = await pages();
  const taken = stories.flatMap((story) =>
    story.verdicts.filter(({ undoneAt }) => undoneAt !== null).map((verdict) => ({ story, verdict })),
  );
  const outcomes = await database.outcome.findMany({
    where: { submissionId: { in: undone.map(({ row }) => Number(row)) }, result: 'accepted' },
  });
  const markers = undone.filter(({ row }) => outcomes.some(({ submissionId }) => submissionId === Number(row)));
  return {
    tried: taken.length,
    problems: [
      ...taken.flatMap(({ story, verdict }) => leftBehind(story, verdict)),
      ...stories.flatMap((story) => shownWrongly(story, shown)),
      ...markers.flatMap((one) => writtenSomewhere(one, shown, mailbox.emails())),
    ],
    found: `${taken.length} verdicts were undone, and nobody was told; the ledger has them`,
  };
}

/** What a decision that was undone should not have brought, and the trace that it must have. */
function leftBehind(
  { reference, emails, decisions, lines }: Story,
  { round, at, undoneAt }: Verdict,
): readonly string[] {
  const told = emails.filter(
    ({ kind, round: of }) =>
      (kind === 'decision' && of === round) || (['clarification', 'notice'].includes(kind) && of === round + 1),
  );
  const has = (what: string, when: Date | null) =>
    lines.some((line) => line.what === what && line.at.getTime() === when?.getTime());
  return [
    ...told.map(({ key }) => `${reference}: ${key} tells of a decision that was undone`),
    ...decisions
      .filter((decision) => decision.round === round)
      .map(({ result }) => `${reference}: ${result} was decided in round ${round}, which was undone`),
    ...(has('verdict', at) && has('undone', undoneAt)
      ? []
      : [`${reference}: its ledger does not tell of what was undone`]),
  ];
}

function shownWrongly({ reference, verdicts, review }: Story, pages: readonly Page[]): readonly string[] {
  if (verdicts.every(({ undoneAt }) => undoneAt === null)) return [];
  const text = pages.find(({ path }) => path === `/a/${reference}`)?.text ?? '';
  const told = text.match(/recorded its verdict|verdict on the appeal was recorded/gu)?.length ?? 0;
  // The newest one is not public while it can still be undone.
  const held = review.state === 'decided' ? 1 : 0;
  const standing = verdicts.filter(({ undoneAt }) => undoneAt === null).length - held;
  return told === standing ? [] : [`${reference}: its page tells of ${told} verdicts, and ${standing} stand`];
}

function writtenSomewhere(
  { reference, marker }: Undone,
  pages: readonly Page[],
  emails: readonly CaughtEmail[],
): readonly string[] {
  const places = [
    ...pages.filter(({ text }) => text.includes(marker)).map(({ path }) => path),
    ...emails.filter((email) => `${email.text} ${email.html ?? ''}`.includes(marker)).map(({ id }) => `email ${id}`),
  ];
  return places.map((place) => `${reference}: what was undone stands in ${place}`);
}
