/** Which of the registry's forms a record has: by its fields, and where those leave it open, by its place. */
import type { FormerKind } from '../domain/former-record.js';
import type { Hint } from './registry-paths.js';
import type { RawRecord } from './registry-record.js';

/** The first two are listings; the others tell of the past. */
export type Form = 'facts' | 'feed' | Exclude<FormerKind, 'exclusion'>;

export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The form of a record; null if it has none that we know. */
export function formOf({ raw, hint }: { raw: RawRecord; hint: Hint }): Form | null {
  const has = (...fields: readonly string[]): boolean => fields.some((field) => Object.hasOwn(raw, field));
  if (hint === 'application') return 'application';
  if (isText(raw['dpgid'])) return 'feed';
  if (typeof raw['id'] === 'string' && /^\s*GID\d{7}\s*$/iu.test(raw['id'])) return 'facts';
  if (hint !== null && hint !== 'exclusion') return Object.keys(raw).length === 0 ? null : hint;
  if (isOpinion(raw)) return 'opinion';
  if (has('label') && has('kind')) return null;
  if (has('id') && has('indicators', 'hasScreening', 'nominatedOn', 'recognisedOn')) return 'summary';
  if (!has('id') && has('doNoHarm', 'NonPII')) return 'screening';
  // A licence alone has many a file that is none of the registry's, such as a package.json.
  if (!has('id') && (has('SDGs') || (has('license') && has('organizations'))))
    return raw['stage'] === 'archive' ? 'archived' : 'nominee';
  return has('organizations', 'openlicenses', 'categories', 'platformIndependence') ? 'application' : null;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function isOpinion(raw: RawRecord): boolean {
  if (Object.hasOwn(raw, 'user') && Object.hasOwn(raw, 'timestamp')) return true;
  const about = Object.values(raw).filter((value) => isRecord(value) && 'answer' in value && 'confidence' in value);
  return about.length > 0;
}

/** Why a record of no known form is refused, in words. */
export function whyUnknown(raw: RawRecord): string {
  if (Object.keys(raw).length === 0) return 'it is empty';
  if (Object.hasOwn(raw, 'label') && Object.hasOwn(raw, 'kind')) return 'a question of the form, not a record';
  return 'not a record of the registry: it has no DPG id (GID and seven digits), and no form that we know';
}
