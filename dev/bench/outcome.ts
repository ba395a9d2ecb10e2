import { setTimeout as pause } from 'node:timers/promises';
import { createLinks } from '../../adapters/links.js';
import { openBrowser, type Browser } from '../demo/form-client.js';
import type { Form } from '../demo/page-reader.js';
import { appendSubmission } from '../../prisma/append.js';
import { fallAsleep } from './asleep.js';
import type { Measure } from './measurement.js';
import { startPlace, type Place } from './place.js';
import { OVERDUE, setMorning, startWave } from './records.js';
import { each, percentile, shown, untilCount } from './statistics.js';

const CASES = 1_000;
const POSTS = 40;
/** Between two posts, in milliseconds: those in the campaign are spread over it. */
const GAP = { idle: 250, busy: 1_000 } as const;
const LIMIT_MS = 120_000;

/** Somebody with the page open on which a request is sent. */
interface Visitor {
  readonly browser: Browser;
  readonly form: Form;
}

/**
 * What an owner waits for: from pressing the button that asks for more time to the page that shows the outcome, over
 * HTTP, first with nothing else going on, then while a campaign wakes 1,000 cases, then idle again.
 */
export const measureOutcome: Measure = async (asked) => {
  const place = await startPlace(asked);
  await place.start('worker/main.ts');
  await place.start('web/main.ts');
  const posts = asked.sized(POSTS, 6);
  const count = asked.sized(CASES, 40);
  const visitors = await arrive(place, 2 * posts + WARMING);
  await fallAsleep(place, { prefix: 'woken', count, validUntil: OVERDUE });
  await postAll(visitors.splice(0, WARMING), GAP.idle);
  const idle = await postAll(visitors.splice(0, posts / 2), GAP.idle);
  const { busy, woken } = await postInCampaign(place, { visitors: visitors.splice(0, posts), count });
  await pause(3_000);
  idle.push(...(await postAll(visitors, GAP.idle)));
  const [calm, rush] = [percentile(idle, 95), percentile(busy, 95)];
  return [
    {
      name: 'outcome_in_campaign',
      value: rush / calm,
      how:
        `p50 and p95 ${shown(percentile(busy, 50), 0)} and ${shown(rush, 0)} ms against ` +
        `${shown(percentile(idle, 50), 0)} and ${shown(calm, 0)} ms; ${busy.length} and ${idle.length} posts, ` +
        `${woken} of ${count} cases woken by the last of them`,
    },
  ];
};

const WARMING = 4;

/** Opens reviews of products that are no part of the campaign, and goes to the page of a request in each. */
async function arrive(place: Place, count: number): Promise<Visitor[]> {
  const { database, config } = place;
  const links = createLinks(config.linkKey);
  const slugs = await fallAsleep(place, { prefix: 'asked', count, validUntil: OVERDUE });
  await each(slugs, 4, (slug) => {
    const body = { campaign: 'before', handPicked: false, cause: 'before' };
    const about = { applicationId: null, round: null, kind: 'wake', role: 'campaign', actor: 'before' } as const;
    return appendSubmission(database, { key: `before:${slug}`, caseId: `dpg/${slug}`, ...about, body });
  });
  const open = () => database.application.count();
  await untilCount({ what: 'reviews opened', wanted: count, seconds: 120, count: open });
  const recipients = await database.recipient.findMany();
  const visitors: Visitor[] = [];
  await each(recipients, 2, async ({ id: recipientId, applicationId, address, linkVersion }) => {
    const browser = openBrowser();
    const token = links.token({ applicationId, recipientId, address, linkVersion });
    const landing = await browser.open(`${config.publicUrl}/answer/${applicationId}/${token}`);
    await browser.submit(formOf(landing.forms), {});
    const page = await browser.open(`${config.publicUrl}/answer/${applicationId}/more-time`);
    visitors.push({ browser, form: formOf(page.forms) });
  });
  return visitors;
}

function formOf(forms: readonly Form[]): Form {
  const form = forms.find(({ method }) => method === 'post');
  if (form === undefined) throw new Error('The page has no form.');
  return form;
}

/** Milliseconds of each, one after the other. */
async function postAll(visitors: readonly Visitor[], gap: number): Promise<number[]> {
  const all: number[] = [];
  for (const visitor of visitors) {
    all.push(await post(visitor));
    await pause(gap);
  }
  return all;
}

async function post({ browser, form }: Visitor): Promise<number> {
  const start = performance.now();
  let page = await browser.submit(form, {});
  while (page.refresh !== null && performance.now() - start < LIMIT_MS) {
    await pause(page.refresh * 1_000);
    page = await browser.open(page.url);
  }
  if (!new URL(page.url).searchParams.has('row')) throw new Error(`A request led to “${page.title}”.`);
  return performance.now() - start;
}

/** Posts while a campaign's wave is released and its cases are woken, for as long as that lasts. */
async function postInCampaign(
  { database }: Place,
  { visitors, count }: { visitors: readonly Visitor[]; count: number },
): Promise<{ readonly busy: number[]; readonly woken: number }> {
  await setMorning(database);
  const woken = () => database.application.count({ where: { campaign: 'bench' } });
  await startWave(database, { name: 'bench', perDay: 2 * count });
  await untilCount({ what: 'the campaign begins', wanted: 1, seconds: 60, count: woken });
  const busy: number[] = [];
  for (const visitor of visitors) {
    if ((await woken()) >= count) break;
    busy.push(await post(visitor));
    await pause(GAP.busy);
  }
  const done = await woken();
  await untilCount({ what: 'cases woken', wanted: count, seconds: 900, count: woken });
  return { busy, woken: done };
}
