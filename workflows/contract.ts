import {
  defineSearchAttributeKey,
  SearchAttributeType,
  type SearchAttributePair,
  type SearchAttributeUpdatePair,
} from '@temporalio/common';
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { StepResult } from '../domain/step-result.js';

/** Workflows and the steps of cases. */
export const REVIEWS = 'reviews';
/** Sender and relay: two activities that never end keep their workers off the steps. */
export const POST = 'post';

/** A step inside a workflow task may take so long; the task itself 10 s. */
export const IN_TASK_MS = 4_000;

/** The workflows that live for ever, one of each, by their own names. */
export const FOREVER = ['outbox', 'inbox'] as const;
/** Another one, only where links of answers are looked at. */
export const LINKS = 'links';

/** What a case's workflow begins with: the record's state, read when it was started or continued. */
export interface CaseInput {
  readonly caseId: string;
  readonly state: StepResult;
}

/** The kinds of work that a nudge may announce: they only name the step that operators see. */
export interface Nudge {
  /** The newest row of the case, for the eye; the step takes the oldest. 0: something is overdue. */
  readonly id: number;
  readonly kind: string;
}

/**
 * "There is something for you." Sent by the relay alone. It decides nothing: coming twice, late or for nothing costs
 * one step that writes nothing; lost, the relay sends it again.
 */
export const nudge = defineSignal<[Nudge]>('nudge');

/** Whose turn, until when, what then: for people who look. */
export const progress = defineQuery<Omit<StepResult, 'clock'>>('progress');

const { KEYWORD, DATETIME, KEYWORD_LIST } = SearchAttributeType;

/** The search attributes of cases; worker/prepare.ts registers them. Words of closed lists, slugs and one date. */
export const attributes = {
  state: defineSearchAttributeKey('DpgState', KEYWORD),
  kind: defineSearchAttributeKey('DpgKind', KEYWORD),
  outcome: defineSearchAttributeKey('DpgOutcome', KEYWORD),
  waitingOn: defineSearchAttributeKey('DpgWaitingOn', KEYWORD),
  product: defineSearchAttributeKey('DpgProduct', KEYWORD),
  campaign: defineSearchAttributeKey('DpgCampaign', KEYWORD),
  dueAt: defineSearchAttributeKey('DpgDueAt', DATETIME),
  attention: defineSearchAttributeKey('DpgAttention', KEYWORD_LIST),
} as const;

/** The attributes of a state. Null: it has none of this. */
export function attributesOf(state: StepResult): readonly SearchAttributeUpdatePair[] {
  return [
    { key: attributes.state, value: state.state },
    { key: attributes.kind, value: state.kind },
    { key: attributes.outcome, value: state.outcome },
    { key: attributes.waitingOn, value: state.waitingOn },
    { key: attributes.product, value: state.product },
    { key: attributes.campaign, value: state.campaign },
    { key: attributes.dueAt, value: state.next === null ? null : new Date(state.next.due) },
    { key: attributes.attention, value: state.attention.length === 0 ? null : [...state.attention] },
  ];
}

/** Those of a state that a workflow is started with, so that it is in every list from its first moment. */
export function startAttributes(state: StepResult): SearchAttributePair[] {
  // Only pairs with a value are left.
  return attributesOf(state).filter(({ value }) => value !== null) as SearchAttributePair[];
}

/** The workflow type of a case: its id says it. */
export function workflowOf(caseId: string): 'campaign' | 'certification' | 'nomination' {
  if (caseId.startsWith('campaign/')) return 'campaign';
  return caseId.startsWith('nomination/') ? 'nomination' : 'certification';
}
