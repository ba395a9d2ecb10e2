import type { Instant } from '../domain/calendar.js';

/** A list of cases in the Temporal UI. */
export interface SavedView {
  readonly name: string;
  readonly query: string;
  readonly url: string;
}

const RUNNING = 'ExecutionStatus="Running"';

const MAIL = ['undeliverable', 'bounced', 'unknown_handover', 'mail_mode'];

/** Lists of words know "=" only. */
function anyOf(attribute: string, words: readonly string[]): string {
  return `(${words.map((word) => `${attribute}="${word}"`).join(' OR ')})`;
}

/** Terminals end a link at a parenthesis. */
function encoded(query: string): string {
  return encodeURIComponent(query).replaceAll('(', '%28').replaceAll(')', '%29');
}

/**
 * The lists that operators want, as links into the Temporal UI; docs/operations.md shows the same. `now` is case time:
 * that is what the cases' due dates are in. Each of the campaigns has a list of its own.
 */
export function savedViews({
  temporalUiUrl,
  temporalNamespace,
  now,
  campaigns,
}: {
  temporalUiUrl: string;
  temporalNamespace: string;
  now: Instant;
  campaigns: readonly string[];
}): readonly SavedView[] {
  const queries: readonly (readonly [string, string])[] = [
    ['Needs a human', `DpgAttention IS NOT NULL AND ${RUNNING}`],
    ['Overdue', `DpgDueAt < "${now}" AND ${RUNNING}`],
    ['Waiting on reviewer', `${anyOf('DpgWaitingOn', ['l1', 'l2', 'appeal', 'expert'])} AND ${RUNNING}`],
    ['Mail problems', `(DpgWaitingOn="mail" OR ${anyOf('DpgAttention', MAIL)}) AND ${RUNNING}`],
    ...campaigns.map((name) => [`Campaign ${name}`, `DpgCampaign="${name}"`] as const),
  ];
  return queries.map(([name, query]) => ({
    name,
    query,
    url: `${temporalUiUrl}/namespaces/${encodeURIComponent(temporalNamespace)}/workflows?query=${encoded(query)}`,
  }));
}

/** The page of one case in the Temporal UI. */
export function caseInTemporal({
  temporalUiUrl,
  temporalNamespace,
  caseId,
}: {
  temporalUiUrl: string;
  temporalNamespace: string;
  caseId: string;
}): string {
  const place = `${temporalUiUrl}/namespaces/${encodeURIComponent(temporalNamespace)}`;
  return `${place}/workflows/${encodeURIComponent(caseId)}`;
}
