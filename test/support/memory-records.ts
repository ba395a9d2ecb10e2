import type { RelayRecords } from '../../activities/relay.js';
import type { Records, StepCall } from '../../activities/steps.js';
import { dueEntry, nextEntry } from '../../domain/agenda.js';
import type { CaseRecord } from '../../domain/case.js';
import type { CaseEvent } from '../../domain/event.js';
import { apply } from '../../domain/review.js';
import { resultOfCase, type StepResult } from '../../domain/step-result.js';
import {
  carryOut,
  eventOf,
  factsOf,
  isFirst,
  nowOf,
  oldestOf,
  type MemoryCase,
  type MemoryRow,
  type Wish,
} from './memory-case.js';
import type { MemoryCampaign } from './memory-campaign.js';

/** The database's side of cases, kept in memory: by the same rules, what a step decides and writes in one go. */
export interface MemoryRecords extends Omit<Records, 'isAway'>, RelayRecords {
  isAway: (error: unknown) => boolean;
  /** What the last step that failed failed at, before it was redacted. */
  lastFailure: unknown;
  readonly cases: Map<string, MemoryCase>;
  readonly campaigns: Map<string, MemoryCampaign>;
  /** Appends a row as somebody who sees the case as it is now, unless told what they saw. */
  append(caseId: string, wish: Wish, saw?: Saw): Promise<MemoryRow>;
}

/** What the author of a row saw, and whether it is a person. */
export interface Saw {
  readonly reference?: string | null;
  readonly round?: number | null;
  readonly person?: boolean;
}

/** So many failures in a row set a row aside. */
const PATIENCE = 10;

/** Makes records in memory; `real` is Temporal's time in milliseconds. */
export function createMemoryRecords(real: () => Promise<number>): MemoryRecords {
  const cases = new Map<string, MemoryCase>();
  const campaigns = new Map<string, MemoryCampaign>();
  const bells = new Set<() => void>();
  let ids = 0;
  const find = (caseId: string): MemoryCase => {
    const found = cases.get(caseId);
    if (found === undefined) throw new Error(`no such case in memory: ${caseId}`);
    return found;
  };
  const append = async (caseId: string, wish: Wish, saw: Saw = {}): Promise<MemoryRow> => {
    const kept = find(caseId);
    const at = nowOf(kept, await real());
    const { review } = kept.record;
    const { reference = review?.reference ?? null, round = review?.round ?? null, person = true } = saw;
    ids += 1;
    const row: MemoryRow = {
      id: ids,
      wish,
      reference,
      round,
      at,
      person,
      aside: false,
      outcome: null,
      recipient: null,
    };
    kept.rows.push(row);
    for (const ring of bells) ring();
    return row;
  };
  const all = () => [...cases.entries()];
  return {
    cases,
    campaigns,
    lastFailure: null,
    append,
    step: async (call) => {
      const campaign = campaigns.get(call.caseId);
      if (campaign !== undefined) return campaign.step(call);
      const kept = find(call.caseId);
      await kept.before(oldestOf(kept));
      const result = takeStep({ kept, call, real: await real() });
      if (kept.takesMail) await takeMail(kept, (wish) => append(call.caseId, wish));
      const more = oldestOf(kept) !== undefined;
      await kept.after();
      return { ...result, more };
    },
    noteFailure: async (caseId) => {
      const kept = find(caseId);
      kept.failures += 1;
      const row = oldestOf(kept);
      if (kept.failures < PATIENCE || row === undefined) return;
      row.aside = true;
      kept.failures = 0;
      kept.record = { ...kept.record, stuck: true };
    },
    isAway: () => false,
    waiting: async () =>
      all().flatMap(([caseId, { rows }]) => {
        const waiting = rows.filter(({ outcome, aside }) => outcome === null && !aside);
        const [first] = waiting;
        if (first === undefined) return [];
        const person = waiting.some((row) => row.person);
        return [{ caseId, oldest: first.id, newest: waiting.at(-1)?.id ?? first.id, kind: first.wish.is, person }];
      }),
    listen: async ({ onNews }) => {
      bells.add(onNews);
      return async () => void bells.delete(onNews);
    },
    tidy: async () => undefined,
    overdue: async () => {
      const at = await real();
      return all().flatMap(([caseId, kept]) => {
        const next = nextEntry(kept.record.agenda);
        return next !== null && next.due < nowOf(kept, at) ? [caseId] : [];
      });
    },
    living: async () => all().flatMap(([caseId, { record }]) => (record.ended ? [] : [caseId])),
    look: async (caseId) => {
      const kept = cases.get(caseId);
      if (kept === undefined) return null;
      return resultOf(kept, { real: await real(), wrote: false, before: kept.record.review });
    },
  };
}

interface Stepping {
  readonly kept: MemoryCase;
  readonly call: StepCall;
  readonly real: number;
}

function takeStep({ kept, call, real }: Stepping): StepResult {
  const facts = factsOf(kept, real);
  kept.steps.push(facts.now);
  const row = oldestOf(kept);
  const entry = dueEntry({ agenda: kept.record.agenda, armedFor: call.armedFor, now: facts.now });
  const event: CaseEvent | null = row !== undefined ? eventOf(row) : entry === null ? null : { is: 'due', entry };
  if (event === null) return resultOf(kept, { real, wrote: false, before: kept.record.review });
  const before = kept.record.review;
  const { record, effects, outcome } = apply({ record: kept.record, event, facts });
  const review = carryOut(kept, { after: record.review, effects, now: facts.now });
  const opened = effects.flatMap((effect) => (effect.do === 'open' ? [effect.cause] : []));
  kept.record = { ...record, review, causes: [...record.causes, ...opened] };
  kept.failures = 0;
  if (row !== undefined) row.outcome = outcome;
  return resultOf(kept, { real, wrote: true, before });
}

/** The mail server takes what is queued; of a turn's first email the case hears. */
async function takeMail(kept: MemoryCase, append: (wish: Wish) => Promise<unknown>): Promise<void> {
  for (const email of kept.emails.filter(({ state }) => state === 'queued')) {
    email.state = 'sent';
    const { turn } = email;
    const takenAt = kept.steps.at(-1) ?? email.dueAt;
    if (turn !== null && isFirst(email)) await append({ is: 'email_taken', turn, takenAt });
  }
}

function resultOf(
  kept: MemoryCase,
  { real, wrote, before }: { real: number; wrote: boolean; before: CaseRecord['review'] },
): StepResult {
  return resultOfCase({
    record: kept.record,
    before,
    facts: factsOf(kept, real),
    more: oldestOf(kept) !== undefined,
    wrote,
  });
}
