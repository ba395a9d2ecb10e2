import { z } from 'zod';
import { addDays, instant } from '../../domain/calendar.js';
import { freePort } from '../ports.js';
import type { Measure } from './measurement.js';
import { startPlace } from './place.js';
import { prepareEmails } from './sender.js';
import { mean, shown } from './statistics.js';

const EMAILS = 500;
const LINKS = 1_000;
const WARMING = 20;

const Sent = z.object({ seconds: z.number(), links: z.number() });

/**
 * The sender as in `sender_rate`, once alone and once in one process with what looks at links, as in a worker: a
 * thousand links of a hundred hosts, all on this machine, whose server takes its time.
 */
export const measureLinks: Measure = async (asked) => {
  const place = await startPlace(asked);
  const [mail, web] = [await freePort(), await freePort()];
  await place.start('dev/bench/programs/catcher.ts', { args: [place.stack.home.path('caught'), mail] });
  await place.start('dev/bench/programs/slow-pages.ts', { args: [web] });
  const variables = { SMTP_URL: `smtp://127.0.0.1:${mail}` };
  const [emails, links] = [asked.sized(EMAILS, 20), asked.sized(LINKS, 40)];
  const today = instant(Date.now()).slice(0, 10);
  const send = async (round: number, args: readonly number[]) => {
    // The first two are not counted.
    await prepareEmails(place, {
      prefix: `links-${round}`,
      emails: round < 2 ? WARMING : emails,
      day: addDays(today, round),
    });
    return Sent.parse(await place.run('dev/bench/programs/sender.ts', { args, variables }));
  };
  const alone: number[] = [];
  const beside: number[] = [];
  const looked: number[] = [];
  for (let round = 0; round <= asked.rounds; round += 1) {
    const without = await send(2 * round, []);
    const together = await send(2 * round + 1, [web, links]);
    if (round === 0) continue;
    alone.push(emails / without.seconds);
    beside.push(emails / together.seconds);
    looked.push(together.links / together.seconds);
  }
  return [
    {
      name: 'sender_with_links',
      value: mean(beside) / mean(alone),
      how:
        `${shown(mean(beside), 0)} a second beside ${shown(mean(looked), 0)} links a second, against ` +
        `${shown(mean(alone), 0)} alone; ${asked.rounds} rounds of ${emails} emails and ${links} links`,
    },
  ];
};
