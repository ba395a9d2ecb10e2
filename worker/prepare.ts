import type { Connection } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType as typeNumber } from '@temporalio/common/lib/search-attributes.js';
import { msToTs } from '@temporalio/common/lib/time.js';
import { attributes } from '../workflows/contract.js';

/** Ended cases stay visible to operators for so long; the server's own default is a few days. */
const RETENTION_DAYS = 400;

/**
 * Prepares Temporal for us: registers the search attributes that are missing and sets the namespace's retention.
 * Safe to run at each start. Throws with a sentence if an attribute exists with another type, or has no slot left:
 * starting cases would hang without it.
 */
export async function prepareTemporal(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, number> = {};
  for (const { name, type } of Object.values(attributes)) {
    const there = customAttributes?.[name];
    if (there === undefined || there === null) missing[name] = Number(typeNumber(type));
    else if (Number(there) !== Number(typeNumber(type))) {
      throw new Error(
        `Temporal has a search attribute ${name} of another type than ${type}. Remove it, then start again.`,
      );
    }
  }
  if (Object.keys(missing).length > 0) {
    try {
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
    } catch (cause) {
      const names = Object.keys(missing).join(', ');
      throw new Error(`Temporal could not add the search attributes ${names}: is a slot of the namespace free?`, {
        cause,
      });
    }
  }
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(`${RETENTION_DAYS} days`) },
  });
}
