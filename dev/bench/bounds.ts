import type { FigureName } from './measurement.js';

/** What a figure is, and how large or small it may be at the most. */
export interface Bound {
  readonly what: string;
  readonly most?: number;
  readonly least?: number;
  /** Only where it is no ratio. */
  readonly unit?: string;
}

/** All bounds. A figure without one is told for the eye. */
export const BOUNDS: Readonly<Record<FigureName, Bound>> = {
  case_cpu: { what: 'CPU of a case, against a workflow written by hand with the same steps', most: 1.25 },
  campaign_rate: {
    what: 'cases opened a second by a campaign of 1,000, against bare starts and completions',
    least: 0.3,
  },
  campaign_growth: { what: 'time of a campaign of 3,000, against one of 1,000', most: 3.3 },
  worker_memory: { what: 'memory of the worker with 3,000 sleeping certifications, against 300', most: 1.15 },
  sender_rate: { what: 'emails a second, against a bare loop of the mail library', least: 0.7 },
  sender_with_links: { what: 'emails a second while 1,000 links are looked at, against without', least: 0.8 },
  relay_rate: { what: 'rows a second to their cases, against bare signals', least: 0.6 },
  outcome_in_campaign: {
    what: 'p95 from pressing send to the outcome while a campaign of 1,000 starts, against idle',
    most: 2,
  },
  registry_pages: {
    what: 'pages of the registry a second at 10,000 products, against a constant page of that size',
    least: 0.5,
  },
  nomination_page: {
    what: 'the page on which a nomination is followed, a second, against a constant page of that size',
    least: 0.5,
  },
  import_memory: { what: 'memory of an import of 10,000 records of every form, against 2,000', most: 1.25 },
  desk_pool: { what: 'the desk of a reviewer at 2,000 open reviews, against the list of the registry', most: 2 },
  console_needs: { what: 'the console where 2,000 reviews need a human, against the list of the registry', most: 3 },
  console_product: { what: 'the page of a product on the console, against the list of the registry', most: 3 },
  restart_seconds: { what: 'from kill -9 of the worker to its next step, median', unit: 's' },
};

/** Whether a value keeps its bound. */
export function keeps({ most, least }: Bound, value: number): boolean {
  return Number.isFinite(value) && (most === undefined || value <= most) && (least === undefined || value >= least);
}

/** A bound in words. */
export function boundInWords({ most, least }: Bound): string {
  if (most !== undefined) return `at most ${most}`;
  return least === undefined ? '' : `at least ${least}`;
}
