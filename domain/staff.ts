/** What people of the staff may be; one may be several. */
export const STAFF_ROLES = ['secretariat', 'l1', 'l2', 'expert', 'coordinator', 'ops'] as const;

/** One of them. */
export type StaffRole = (typeof STAFF_ROLES)[number];

/** What each is called on pages. */
export const STAFF_ROLE_WORDS: Readonly<Record<StaffRole, string>> = {
  secretariat: 'Secretariat',
  l1: 'First reviewer (level 1)',
  l2: 'Second reviewer (level 2)',
  expert: 'Expert',
  coordinator: 'Coordinator',
  ops: 'Operations',
};

/** Whether a word is one of the roles. */
export function isStaffRole(word: string): word is StaffRole {
  return (STAFF_ROLES as readonly string[]).includes(word);
}

/** Whether a word can be that by which somebody acts: it stands in the ledger for good, so it is short and of our own. */
export function isStaffId(word: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u.test(word) && word.length <= 32;
}
