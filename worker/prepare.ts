import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType as typeNumber } from '@temporalio/common/lib/search-attributes.js';
import { msToTs } from '@temporalio/common/lib/time.js';
import { describeError, type Log } from '../adapters/log.js';
import { attributes } from '../workflows/contract.js';

/** Ended cases stay visible to operators for so long; the server's own default is a few days. */
const RETENTION_DAYS = 400;

/** Of gRPC. */
const NOT_FOUND = 5;

/**
 * Prepares Temporal for us: registers the search attributes that are missing and sets the namespace's retention, if it is
 * another one; where that is not ours to set, the log says so. Safe to run at each start. Throws with a sentence if there
 * is no such namespace, an attribute exists with another type, or cannot be added: starting cases would hang without it.
 */
export async function prepareTemporal(
  connection: Connection,
  namespace: string,
  log: Log = () => undefined,
): Promise<void> {
  const retention = await retentionOf(connection, namespace);
  await addAttributes(connection, namespace);
  const wanted = msToTs(`${RETENTION_DAYS} days`);
  if (retention === Number(wanted.seconds)) return;
  try {
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: wanted },
    });
  } catch (error) {
    log({ what: 'retention_not_set', ...describeError(error) });
  }
}

/** For how many seconds ended workflows stay visible. */
async function retentionOf(connection: Connection, namespace: string): Promise<number> {
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
  } catch (cause) {
    if (!isGrpcServiceError(cause) || Number(cause.code) !== NOT_FOUND) throw cause;
    throw new Error(
      `Temporal has no namespace ${namespace}. Make it: temporal operator namespace create --namespace ${namespace} ` +
        `--retention ${RETENTION_DAYS}d. Or name another one by TEMPORAL_NAMESPACE.`,
      { cause },
    );
  }
}

async function addAttributes(connection: Connection, namespace: string): Promise<void> {
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
  if (Object.keys(missing).length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  } catch (cause) {
    const names = Object.keys(missing).join(', ');
    throw new Error(
      `Temporal could not add the search attributes ${names}: is a slot of the namespace free, and may we? Whoever may ` +
        'can do it: temporal operator search-attribute create --name NAME --type TYPE (docs/operations.md lists them).',
      { cause },
    );
  }
}
