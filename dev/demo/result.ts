import { createLinks } from '../../adapters/links.js';
import { connectTemporal } from '../../adapters/temporal.js';
import { concernOwner } from '../../domain/concern.js';
import { startOwner } from '../../domain/nomination.js';
import type { Say } from '../cache.js';
import type { BadDays } from '../faults/bad-days.js';
import type { Installation } from '../installation.js';
import { runChecks } from './checks.js';
import { lostRows } from './checks/lost.js';
import { unheardOf } from './checks/nominations.js';
import { DEMO_STAFF } from './demo-staff.js';
import { figures } from './figures.js';
import type { Office } from './office.js';
import type { Owners } from './owners.js';
import { reportJson, reportTable, type Result } from './report.js';
import { storiesOf } from './stories.js';
import type { Attempt } from './trespass.js';
import type { World } from './types.js';

/** What must be nowhere of staff, either. */
const STAFF = DEMO_STAFF.flatMap(({ name, address }) => [name, address]);

/** What became of a demonstration is looked at with this. */
export interface Played {
  readonly installation: Installation;
  readonly world: World;
  readonly owners: Owners;
  /** What reviewers and staff did. */
  readonly office: Office;
  /** What they tried at the end without the right to. */
  readonly attempts: readonly Attempt[];
  /** The faults that struck; null: none were played. */
  readonly badDays: BadDays | null;
  readonly minutes: number | null;
  /** Null: it was about nominations alone. */
  readonly campaign: string | null;
  readonly dayMs: number;
  readonly wallSeconds: number;
}

/** Checks what became of a demonstration, and counts it; with what people found wrong, in sentences. */
export async function resultOf(played: Played): Promise<{ result: Result; remarks: readonly string[] }> {
  const { installation, world, owners, office, attempts, badDays, minutes, campaign, dayMs, wallSeconds } = played;
  const { database, stack, config } = installation;
  const temporal = await connectTemporal(config);
  try {
    const parts = {
      ...{ database, mailbox: stack.mailbox, client: temporal.client, told: owners.told, campaign },
      ...{ dayMs, wallSeconds },
    };
    const reserved = [...office.reserved, ...owners.reserved];
    // First of all: it waits until nothing moves any more.
    const bad = (await badDays?.result(temporal.client)) ?? null;
    const faults = bad === null ? null : { ...bad, minutes, rows: owners.told.length + bad.acts };
    const checks = await runChecks({
      ...parts,
      world,
      planted: await plantedIn(played),
      tokens: () => tokensOf(installation),
      temporalDatabaseFile: await stack.temporalDatabaseFile(),
      logFolder: stack.logFolder,
      kept: [config.handOverJournal, config.ledger?.folder].flatMap((place) => place ?? []),
      publicUrl: config.publicUrl,
      tried: owners.tried,
      attempts,
      firstReads: office.firstReads,
      undone: office.undone,
      expertReads: office.expertReads,
      reserved,
      hidden: [...office.hidden, ...owners.planted.filter((text) => text.startsWith('zq-secret'))],
      struck: badDays !== null,
    });
    const lost = (await lostRows(database, owners.told)).map(({ row, because }) => `Row ${row}: ${because}.`);
    const stories = await storiesOf(database, [...Object.values(checks), ...Object.values(faults?.checks ?? {})]);
    return {
      result: { seed: world.seed, figures: await figures(parts), desk: office.tried, checks, faults },
      remarks: [
        ...owners.problems,
        ...office.problems,
        ...lost,
        ...(bad?.lostActs ?? []).map((key) => `Lost: ${key}.`),
        ...stories,
      ],
    };
  } finally {
    await temporal.close();
  }
}

/** What must be nowhere but in the records. */
async function plantedIn({ installation: { database }, world, owners, office }: Played): Promise<readonly string[]> {
  return [
    ...[...world.planted, ...owners.planted, ...office.hidden, ...STAFF],
    ...[...office.reserved, ...owners.reserved].map(({ text }) => text),
    ...(await unheardOf({ database, world })),
  ];
}

/** The tokens of all links, derived once more: of people of reviews, and of those who confirm an address or raise a concern. */
export async function tokensOf({
  database,
  config: { linkKey },
}: Pick<Installation, 'database'> & { readonly config: Pick<Installation['config'], 'linkKey'> }): Promise<
  readonly string[]
> {
  const links = createLinks(linkKey);
  const recipients = await database.recipient.findMany();
  const owners = [
    ...recipients.map(({ id, ...owner }) => ({ ...owner, recipientId: id })),
    ...(await database.nominationStart.findMany()).map(startOwner),
    ...(await database.concern.findMany()).map(concernOwner),
  ];
  return owners.map((owner) => links.token(owner));
}

/** Tells the result: as a table, or as the last line of standard output. */
export function printResult(result: Result, { json, say }: { json: boolean; say: Say }): void {
  say(`\n${reportTable(result)}`);
  if (json) process.stdout.write(`${reportJson(result)}\n`);
}
