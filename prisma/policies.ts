import { policiesWith, type Policies, type PolicyChoices } from '../domain/policy.js';
import type { Database, Transaction } from './database.js';

const NAME = 'policies';

/** The policies that reviews start with here. */
export async function readPolicies(client: Database | Transaction): Promise<Policies> {
  return policiesWith(await readChoices(client));
}

/** What this installation chose instead of the policies of the product. */
export async function readChoices(client: Database | Transaction): Promise<PolicyChoices> {
  const found = await client.setting.findUnique({ where: { name: NAME } });
  // Written by `writeChoices` alone, from what its door checked.
  return found === null ? {} : (JSON.parse(found.value) as PolicyChoices);
}

/** Chooses policies for reviews that open from now on. */
export async function writeChoices(client: Database | Transaction, choices: PolicyChoices): Promise<void> {
  const value = JSON.stringify(choices);
  await client.setting.upsert({ where: { name: NAME }, create: { name: NAME, value }, update: { value } });
}
