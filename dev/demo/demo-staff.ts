import type { Level } from '../../domain/policy.js';
import { invented, TRIAL_STAFF, type TrialPerson } from '../trial-sign-in.js';

/** How an invented expert meets a question. */
export type ExpertHabit =
  | 'answers'
  | 'declines'
  /** Never reacts, so that the next one is asked. */
  | 'silent'
  /** Writes when somebody else is asked already. */
  | 'late';

/** The habits of the invented experts, by the word by which they act. */
export const EXPERTS: Readonly<Record<string, ExpertHabit>> = {
  ines: 'answers',
  jonas: 'answers',
  kira: 'declines',
  lamin: 'silent',
  mona: 'late',
};

/** The invented staff of a demonstration: enough reviewers of each level for waves of reviews, and experts to ask. */
export const DEMO_STAFF: readonly TrialPerson[] = [
  ...TRIAL_STAFF,
  invented('benoit', 'Benoit Castelain', 'l1'),
  invented('chen', 'Chen Marlowska', 'l1'),
  invented('divya', 'Divya Thorvaldsen', 'l1'),
  invented('femi', 'Femi Abernathy', 'l2'),
  invented('greta', 'Greta Mwangola', 'l2'),
  invented('hana', 'Hana Villeneuve', 'l2'),
  invented('jonas', 'Jonas Okonkwell', 'expert'),
  invented('kira', 'Kira Santelmann', 'expert'),
  invented('lamin', 'Lamin Borregaard', 'expert'),
  invented('mona', 'Mona Quispelter', 'expert'),
];

/** The reviewers of each level, by the word by which they act. */
export const REVIEWERS: Readonly<Record<Level, readonly string[]>> = { l1: idsOf('l1'), l2: idsOf('l2') };

/** Who acts for the secretariat. */
export const SECRETARY = 'fatou';

/** The address of one of them. Throws if there is nobody of that word. */
export function addressOf(id: string): string {
  const found = DEMO_STAFF.find((person) => person.id === id);
  if (found === undefined) throw new Error(`Nobody of the invented staff is ${id}.`);
  return found.address;
}

function idsOf(level: Level): readonly string[] {
  return DEMO_STAFF.filter(({ roles }) => roles.includes(level)).map(({ id }) => id);
}
