import { z } from 'zod';
import { addDays, instant, later, sendingTime, HOUR, type Day } from '../../domain/calendar.js';
import { appendSubmission } from '../../prisma/append.js';
import { step } from '../../prisma/step.js';
import { freePort } from '../ports.js';
import type { Measure } from './measurement.js';
import { startPlace, type Place } from './place.js';
import { inventProducts, OVERDUE, setClock } from './records.js';
import { each, mean, shown } from './statistics.js';

const EMAILS = 500;
const WARMING = 20;

const Sent = z.object({ seconds: z.number(), cpu: z.number() });

/**
 * The sender alone, in a process of its own, with prompts of as many cases due at once, against a bare loop of the mail
 * library over as many open lines with the same texts, both into a catcher that is a process too.
 */
export const measureSender: Measure = async (asked) => {
  const place = await startPlace(asked);
  const port = await freePort();
  await place.start('dev/bench/programs/catcher.ts', { args: [place.stack.home.path('caught'), port] });
  const variables = { SMTP_URL: `smtp://127.0.0.1:${port}` };
  const count = asked.sized(EMAILS, 20);
  const today = instant(Date.now()).slice(0, 10);
  const ours: z.infer<typeof Sent>[] = [];
  const theirs: z.infer<typeof Sent>[] = [];
  for (let round = 0; round <= asked.rounds; round += 1) {
    // The first round is not counted.
    const emails = round === 0 ? WARMING : count;
    await prepareEmails(place, { prefix: `round-${round}`, emails, day: addDays(today, round) });
    const sent = Sent.parse(await place.run('dev/bench/programs/sender.ts', { variables }));
    const bare = Sent.parse(await place.run('dev/bench/programs/bare-mail.ts', { args: [emails], variables }));
    if (round > 0) {
      ours.push(sent);
      theirs.push(bare);
    }
  }
  const rate = (all: readonly z.infer<typeof Sent>[]) => mean(all.map(({ seconds }) => count / seconds));
  const cpu = (all: readonly z.infer<typeof Sent>[]) => shown((1_000 * mean(all.map((one) => one.cpu))) / count);
  return [
    {
      name: 'sender_rate',
      value: rate(ours) / rate(theirs),
      how:
        `${shown(rate(ours), 0)} a second against ${shown(rate(theirs), 0)}; ${cpu(ours)} against ${cpu(theirs)} ms of ` +
        `CPU an email in the process itself; ${asked.rounds} rounds of ${count}`,
    },
  ];
};

/** Opens reviews by their own steps, and then makes their prompts due. */
export async function prepareEmails(
  { database }: Place,
  plan: { prefix: string; emails: number; day: Day },
): Promise<void> {
  const { prefix, emails, day } = plan;
  const due = sendingTime(day);
  await setClock(database, later(due, -HOUR));
  const slugs = await inventProducts(database, { prefix, count: emails, validUntil: OVERDUE });
  await each(slugs, 6, async (slug) => {
    const caseId = `dpg/${slug}`;
    const body = { campaign: 'bench', handPicked: false, cause: 'bench' };
    const about = { applicationId: null, round: null, kind: 'wake', role: 'campaign', actor: 'bench' } as const;
    await appendSubmission(database, { key: `wake:${slug}`, caseId, ...about, body });
    await step(database, { caseId, armedFor: null });
  });
  await setClock(database, later(due, 1_000));
}
