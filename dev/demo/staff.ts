import type { Attention, OpenRequest } from '../../domain/case.js';
import { storedReview } from '../../prisma/stored-review.js';
import { actAs, type ConsoleAct } from './at-the-console.js';
import { FOUNDED, VAGUE } from './concerns.js';
import { SECRETARY } from './demo-staff.js';
import type { Office } from './office.js';
import { forEachNew } from './rounds.js';
import { closeSilent } from './silent-ones.js';
import { openStaffBrowser, type StaffBrowser } from './staff-browser.js';

/** Something that needs a human, and what is done about it. */
interface Need {
  readonly key: string;
  readonly slug: string;
  readonly turn: string;
  /** Null: it is closed beside others that nobody answered. */
  readonly act: ConsoleAct | null;
  readonly reference: string;
}

/** What still needs somebody so many days after it was dealt with is looked at again: it may have been refused later. */
const AGAIN_AFTER = 8;

/**
 * Invented staff: they deal with whatever needs a human, within some days, on the pages of the console. That something
 * does is seen in the records, so that nobody opens a page for nothing.
 */
export function startStaff(office: Office, browser: StaffBrowser = secretary(office)): Promise<void> {
  const { pace } = office;
  const waited = new Set<string>();
  const again = repeated(pace);
  return forEachNew({
    pace,
    find: async () =>
      [...(await needs(office)), ...(await concerns(office))].map((need) => ({
        ...need,
        key: again.keyOf(need.key),
        about: need.key,
      })),
    act: async ({ slug, reference, turn, act, about }) => {
      await pace.days(0.5 + 2 * pace.random(`staff ${turn}`));
      if (pace.stopping.aborted) return;
      if (act !== null) await actAs(office, browser, { slug, act });
      else await closeSilent(office, browser, { reference, waited });
      again.acted(about);
    },
  });
}

/** Gives what needs somebody another key when it was dealt with some days ago. */
function repeated(pace: Office['pace']) {
  const actedAt = new Map<string, number>();
  const times = new Map<string, number>();
  return {
    acted: (about: string) => void actedAt.set(about, performance.now()),
    keyOf: (about: string): string => {
      const at = actedAt.get(about);
      if (at !== undefined && performance.now() - at > AGAIN_AFTER * pace.dayMs) {
        times.set(about, (times.get(about) ?? 0) + 1);
        actedAt.delete(about);
      }
      return `${about} ${times.get(about) ?? 0}`;
    },
  };
}

/** The browser of whoever acts for the secretariat. */
export function secretary({ publicUrl, send }: Pick<Office, 'publicUrl' | 'send'>): StaffBrowser {
  return openStaffBrowser({ account: SECRETARY, publicUrl, send });
}

/** Emails that somebody may send once more. */
const LOST = { where: { state: { in: ['refused', 'unknown'] } } };

async function needs({ database }: Office): Promise<readonly Need[]> {
  const cases = await database.case.findMany({
    where: { slug: { not: null }, NOT: { attention: { isEmpty: true } } },
    include: { applications: { where: { open: true }, include: { _count: { select: { emails: LOST } } } } },
  });
  return cases.flatMap(({ attention, applications }) =>
    applications.flatMap(({ id, slug, round, review: stored, _count: { emails: lost } }) => {
      const review = storedReview(stored);
      // Written by save-case.ts.
      return (attention as Attention[]).flatMap((word): readonly Need[] => {
        const request = word === 'request' ? review.requests[0] : undefined;
        const act = answerTo(word, request);
        if (act === undefined) return [];
        // An email that is sent once more may be lost once more.
        const state = `${word} ${round} ${review.turn?.deadline ?? ''} ${act?.is === 'resend' ? lost : ''}`;
        const about = request === undefined ? state : `request ${request.row}`;
        return [{ key: `${id} ${about}`, slug, reference: id, turn: `${slug} ${word} ${round}`, act }];
      });
    }),
  );
}

/** Concerns that wait: staff ask for details once where they cannot know, and answer without whoever no email reaches. */
async function concerns({ database }: Office): Promise<readonly Need[]> {
  const waiting = await database.concern.findMany({
    where: { stage: 'waiting' },
    include: { emails: { where: { state: 'refused' } } },
  });
  return waiting.map(({ id, slug, stageAt, text, details, emails }) => {
    const asks = text.includes(VAGUE) && details === null && emails.length === 0;
    const is = text.includes(FOUNDED) ? 'accept_concern' : asks ? 'ask_concern' : 'reject_concern';
    const about = `concern ${id} ${stageAt.toISOString()}`;
    return { key: about, slug, reference: slug, turn: `${slug} concern`, act: { is, publicReason: ANSWERS[is] } };
  });
}

const ANSWERS = {
  accept_concern: 'Invented: under which licence is each part, and where does the repository say so?',
  ask_concern: 'Invented: on which page do you see this?',
  reject_concern: 'Invented: we looked, and every part has its licence.',
} as const;

/** What is done about it; null: it is closed beside others; undefined: it passes by itself here. */
function answerTo(word: Attention, request: OpenRequest | undefined): ConsoleAct | null | undefined {
  switch (word) {
    case 'request':
      return request === undefined ? undefined : answerToRequest(request);
    case 'silence':
      return null;
    // Everybody has a contact here: the mail server refused an earlier email.
    case 'no_contact':
    case 'undeliverable':
      return { is: 'resend' };
    case 'unknown_handover':
      return { is: 'resend', unknown: true };
    case 'reviewer_late':
      return { is: 'hand_over' };
    case 'stuck':
      return { is: 'release' };
    default:
      return undefined;
  }
}

function answerToRequest({ kind: request }: OpenRequest): ConsoleAct {
  if (request === 'more_time') return { is: 'grant', request };
  if (request === 'withdrawal') {
    return { is: 'grant', request, publicReason: 'Invented: the owner asked to leave the registry.' };
  }
  return { is: 'refuse', request, publicReason: 'Invented: our records say otherwise. Please answer here.' };
}
