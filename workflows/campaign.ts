import type { CaseInput } from './contract.js';
import { live } from './case.js';

/** One for each campaign, until it closes: releases wakes in waves under its cap, and follows them once a day. */
export async function campaign(input: CaseInput): Promise<void> {
  await live(input);
}
