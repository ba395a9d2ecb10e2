import { randomBytes } from 'node:crypto';
import { STAFF_ROLE_WORDS, type StaffRole } from '../domain/staff.js';
import type { Database } from '../prisma/database.js';
import { addStaff, readStaff } from '../prisma/staff.js';
import { SIGNED_IN_PATH } from '../web/desk/sign-in.js';
import { startLocalIssuer } from './local-issuer.js';

/** Somebody of the invented staff of a one-machine installation. */
export interface TrialPerson {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly roles: readonly StaffRole[];
}

/** An invented person of the staff with one role. */
export const invented = (id: string, name: string, role: StaffRole): TrialPerson => {
  return { id, name, address: `${id}@alliance.example`, roles: [role] };
};

/** One person for each role; nobody has these addresses. */
export const TRIAL_STAFF: readonly TrialPerson[] = [
  invented('fatou', 'Fatou Ndiaye', 'secretariat'),
  invented('ada', 'Ada Okoro', 'l1'),
  invented('ezra', 'Ezra Lindqvist', 'l2'),
  invented('ines', 'Ines Duarte', 'expert'),
  invented('kofi', 'Kofi Brandt', 'coordinator'),
  invented('olga', 'Olga Petit', 'ops'),
];

/** Makes people where they are not yet; whom somebody changed or switched off stays so. */
export async function addTrialStaff(database: Database, people = TRIAL_STAFF): Promise<void> {
  const known = new Set((await readStaff(database)).map(({ id }) => id));
  for (const person of people) if (!known.has(person.id)) await addStaff(database, { ...person, by: 'trial' });
}

/** Sign-in of a one-machine installation that runs: what pages and commands are told of it. */
export interface TrialSignIn {
  readonly variables: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the identity provider of this machine. Whoever may sign in, by the table of staff as it is at that moment, has
 * an account there. Throws if its port cannot be opened.
 */
export async function startTrialSignIn(plan: {
  readonly database: Database;
  readonly port: number;
  readonly publicUrl: string;
}): Promise<TrialSignIn> {
  const clientId = 'perennial';
  const clientSecret = randomBytes(24).toString('hex');
  const issuer = await startLocalIssuer({
    ...{ port: plan.port, clientId, clientSecret, returnTo: `${plan.publicUrl}${SIGNED_IN_PATH}` },
    accounts: async () => {
      const staff = await readStaff(plan.database);
      const here = staff.filter(({ offAt }) => offAt === null);
      return here.map(({ id, name, address, roles }) => {
        return { id, name, address, about: roles.map((role) => STAFF_ROLE_WORDS[role]).join(', ') };
      });
    },
  });
  return {
    variables: {
      PERENNIAL_OIDC_ISSUER: issuer.url,
      PERENNIAL_OIDC_CLIENT_ID: clientId,
      PERENNIAL_OIDC_CLIENT_SECRET: clientSecret,
    },
    stop: issuer.stop,
  };
}
