import type { Level } from '../../domain/policy.js';
import { invented, TRIAL_STAFF, type TrialPerson } from '../trial-sign-in.js';

/** The invented staff of a demonstration: enough reviewers of each level for waves of reviews. */
export const DEMO_STAFF: readonly TrialPerson[] = [
  ...TRIAL_STAFF,
  invented('benoit', 'Benoit Castelain', 'l1'),
  invented('chen', 'Chen Marlowska', 'l1'),
  invented('divya', 'Divya Thorvaldsen', 'l1'),
  invented('femi', 'Femi Abernathy', 'l2'),
  invented('greta', 'Greta Mwangola', 'l2'),
  invented('hana', 'Hana Villeneuve', 'l2'),
];

/** The reviewers of each level, by the word by which they act. */
export const REVIEWERS: Readonly<Record<Level, readonly string[]>> = { l1: idsOf('l1'), l2: idsOf('l2') };

/** Who acts for the secretariat. */
export const SECRETARY = 'fatou';

function idsOf(level: Level): readonly string[] {
  return DEMO_STAFF.filter(({ roles }) => roles.includes(level)).map(({ id }) => id);
}
