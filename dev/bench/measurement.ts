import type { Say } from '../cache.js';
import type { Settings } from '../settings.js';

/** What a measurement is told: where it may run, and how large. */
export interface Asked {
  /** Its own folder, emptied before. */
  readonly settings: Settings;
  /** How often both sides take their turn. */
  readonly rounds: number;
  /** A size as written, or a part of it for a trial; never less than `least`. */
  readonly sized: (full: number, least?: number) => number;
  readonly say: Say;
}

/** One figure, without judgement. */
export interface Reading {
  readonly name: FigureName;
  /** A ratio within this run, unless the table of bounds names a unit. */
  readonly value: number;
  /** Both sides in plain figures. */
  readonly how: string;
}

export type Measure = (asked: Asked) => Promise<readonly Reading[]>;

/** Every figure, in the order of the table. */
export const FIGURES = [
  'case_cpu',
  'campaign_rate',
  'campaign_growth',
  'worker_memory',
  'sender_rate',
  'sender_with_links',
  'relay_rate',
  'outcome_in_campaign',
  'registry_pages',
  'nomination_page',
  'import_memory',
  'desk_pool',
  'console_needs',
  'console_product',
  'restart_seconds',
] as const;
export type FigureName = (typeof FIGURES)[number];
