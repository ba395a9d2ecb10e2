import { X509Certificate } from 'node:crypto';
import { isLoopback, type Config } from '../../adapters/config.js';
import { lookAtLine } from '../../adapters/look-at-line.js';
import { connectTemporal, isDevServer, type TemporalClient } from '../../adapters/temporal.js';
import { attributes, POST, REVIEWS } from '../../workflows/contract.js';
import { codeOf, isUntrusted, NotWell } from './doctor-finding.js';
import { counted } from '../words/words.js';

/** temporal.api.enums.v1.TaskQueueType */
const ACTIVITY_QUEUE = 2;
const DAY_SECONDS = 86_400;
// Codes of gRPC.
const NOT_FOUND = '5';
const STRANGER = ['7', '16'];

/** What is to be said of Temporal. Throws with a sentence if it is not well. */
export async function temporalOf(config: Config): Promise<string> {
  const { temporalAddress: address, temporalNamespace: namespace } = config;
  await lookFirst(config);
  const temporal = await connectTemporal(config).catch((cause: unknown) => {
    throw inWords(cause, config);
  });
  try {
    const days = await daysOf(temporal, config);
    const dev = await isDevServer(temporal.connection);
    if (dev && config.mailMode === 'live') {
      throw new NotWell(`${address} is a dev server, and mode live needs Temporal's server on PostgreSQL.`);
    }
    await lookAtQueues(temporal, namespace);
    return [
      `reachable at ${address}${dev ? ' (a dev server, for trials)' : ''}, namespace ${namespace}, a worker is there`,
      `ended workflows stay for ${counted(days, 'day')}`,
      ...encryptionOf(config),
    ].join('; ');
  } finally {
    await temporal.close();
  }
}

/** What stands in the way before Temporal says a word. */
async function lookFirst({ temporalAddress: address, temporalSecurity: { tls } }: Config): Promise<void> {
  const line = await lookAtLine(address, tls);
  if (line.is === 'closed') {
    throw new NotWell(`no answer from ${address}. Is Temporal running, and is TEMPORAL_ADDRESS right? (${line.code})`);
  }
  if (tls === null) {
    if (line.is === 'plain') return;
    throw new NotWell(`${address} wants an encrypted line. Set TEMPORAL_TLS=true, or the paths of certificates.`);
  }
  if (line.is === 'plain') {
    throw new NotWell(
      `${address} does not encrypt its lines. Ask for its other port, or unset TEMPORAL_TLS and its like.`,
    );
  }
  if (line.code !== null) throw new NotWell(tlsInWords(line.code, address, tls.client !== null));
}

function tlsInWords(code: string, address: string, hasClient: boolean): string {
  if (isUntrusted(code)) {
    return `nobody whom this machine trusts vouches for the certificate of ${address}. Name its authority by TEMPORAL_TLS_SERVER_CA_CERT_PATH.`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `the certificate of ${address} is for another name. Name that one by TEMPORAL_TLS_SERVER_NAME.`;
  }
  if (code === 'CERT_HAS_EXPIRED') return `the certificate of ${address} has expired: its operators must renew it.`;
  if (hasClient) return `${address} does not take our certificate (${code}). Is TEMPORAL_TLS_CLIENT_CERT_PATH right?`;
  return `${address} wants to know who we are (${code}). Set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH.`;
}

function inWords(cause: unknown, { temporalAddress: address, temporalSecurity: { apiKey } }: Config): NotWell {
  const stranger = STRANGER.includes(codeOf(cause));
  const key = apiKey === null ? 'Set TEMPORAL_API_KEY' : 'Is TEMPORAL_API_KEY right';
  return new NotWell(
    stranger
      ? `${address} does not know us. ${key}, and may we use this namespace?`
      : `no answer from ${address}. Is Temporal running, and is TEMPORAL_ADDRESS right?`,
    { cause },
  );
}

/** For how many days ended workflows stay visible. */
async function daysOf({ connection }: TemporalClient, config: Config): Promise<number> {
  const { temporalNamespace: namespace } = config;
  try {
    const { config: found } = await connection.workflowService.describeNamespace({ namespace });
    return Math.round(Number(found?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS);
  } catch (cause) {
    if (codeOf(cause) !== NOT_FOUND) throw inWords(cause, config);
    throw new NotWell(
      `reachable, but it has no namespace ${namespace}. Make it: temporal operator namespace create --namespace ${namespace} --retention 400d`,
      { cause },
    );
  }
}

async function lookAtQueues({ connection }: TemporalClient, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(attributes).filter(({ name }) => (customAttributes?.[name] ?? null) === null);
  if (missing.length > 0) {
    throw new NotWell(
      `reachable, but it lacks ${counted(missing.length, 'search attribute')}: start the worker, which adds what is missing.`,
    );
  }
  const queues = await Promise.all(
    [REVIEWS, POST].map(async (name) => {
      const { pollers } = await connection.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name },
        taskQueueType: ACTIVITY_QUEUE,
      });
      return (pollers ?? []).length === 0 ? [name] : [];
    }),
  );
  if (queues.flat().length > 0) {
    throw new NotWell(`reachable, but no worker takes ${queues.flat().join(' and ')}: start the worker.`);
  }
}

function encryptionOf({ temporalAddress, temporalSecurity: { tls } }: Config): readonly string[] {
  if (tls === null) return isLoopback(hostIn(temporalAddress)) ? [] : ['not encrypted: TEMPORAL_TLS=true'];
  const until = tls.client === null ? null : new Date(new X509Certificate(tls.client.certificate).validTo);
  return ['encrypted', ...(until === null ? [] : [`our certificate ends on ${until.toISOString().slice(0, 10)}`])];
}

/**
 * Whether Temporal lets in whoever reaches it: then anybody there can end reviews. Asks without certificate and key.
 * Throws with a sentence if that matters.
 */
export async function doorOf(config: Config): Promise<string> {
  const { temporalAddress: address, temporalNamespace: namespace, temporalSecurity, temporalIsPrivate } = config;
  if (isLoopback(hostIn(address))) return 'only this machine reaches it';
  const { tls } = temporalSecurity;
  const stranger = {
    ...config,
    temporalSecurity: { tls: tls === null ? null : { ...tls, client: null }, apiKey: null },
  };
  const line = await lookAtLine(address, stranger.temporalSecurity.tls);
  if (line.is === 'closed') throw new NotWell(`nobody answers at ${address}.`);
  if (line.is === 'tls' && line.code !== null) return 'closed to whoever has no certificate';
  if (!(await letsIn(stranger, namespace))) return 'closed to whoever has no key';
  if (temporalIsPrivate) return 'open, in a network that nobody else reaches, says PERENNIAL_TEMPORAL_NETWORK';
  const sentence =
    'open to whoever reaches it, who can then end reviews. Let it ask for certificates or keys (its configuration: ' +
    'global.tls, global.authorization), or keep it in a network of its own and say PERENNIAL_TEMPORAL_NETWORK=private.';
  if (config.mailMode === 'live') throw new NotWell(sentence);
  return sentence;
}

async function letsIn(stranger: Config, namespace: string): Promise<boolean> {
  try {
    const { connection, close } = await connectTemporal(stranger);
    try {
      await connection.workflowService.describeNamespace({ namespace });
      return true;
    } finally {
      await close();
    }
  } catch (error) {
    return codeOf(error) === NOT_FOUND;
  }
}

function hostIn(address: string): string {
  return address.slice(0, address.lastIndexOf(':'));
}
