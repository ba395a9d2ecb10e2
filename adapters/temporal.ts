import { Client, Connection, isGrpcServiceError, type TLSConfig } from '@temporalio/client';
import type { TemporalSecurity } from './config.js';

// Codes of gRPC.
const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;

/** Where Temporal is, and how it knows us. */
export interface TemporalPlace {
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly temporalSecurity: TemporalSecurity;
}

/** Address, encryption and key, as clients and workers take them. */
export function lineTo({
  temporalAddress: address,
  temporalSecurity: { tls, apiKey },
}: Pick<TemporalPlace, 'temporalAddress' | 'temporalSecurity'>): {
  address: string;
  tls: TLSConfig | null;
  apiKey?: string;
} {
  const { serverCa = null, serverName = null, client = null } = tls ?? {};
  const options = {
    ...(serverCa === null ? {} : { serverRootCACertificate: serverCa }),
    ...(serverName === null ? {} : { serverNameOverride: serverName }),
    ...(client === null ? {} : { clientCertPair: { crt: client.certificate, key: client.key } }),
  };
  return { address, tls: tls === null ? null : options, ...(apiKey === null ? {} : { apiKey }) };
}

/** A client of Temporal's, and what closes its connection. */
export interface TemporalClient {
  readonly client: Client;
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

/** Connects to Temporal. Throws if it does not answer within 10 s. */
export async function connectTemporal(place: TemporalPlace): Promise<TemporalClient> {
  const connection = Connection.lazy({ ...lineTo(place), connectTimeout: '10s' });
  try {
    await connection.ensureConnected();
  } catch (cause) {
    // A server that refuses us leaves the line open, and the process would not end.
    await connection.close();
    throw new Error(
      `Temporal at ${place.temporalAddress} does not answer, or does not take us: "perennial doctor" says why.`,
      { cause },
    );
  }
  // The default, process@host, would stand in every signal.
  const client = new Client({ connection, namespace: place.temporalNamespace, identity: 'perennial' });
  return { client, connection, close: () => connection.close() };
}

/** Whether a server is the one of `temporal server start-dev`: the only one that keeps everything in SQLite. */
export async function isDevServer(connection: Connection): Promise<boolean> {
  try {
    const { persistenceStore } = await connection.workflowService.getClusterInfo({});
    return persistenceStore === 'sqlite';
  } catch (error) {
    // Servers that others run for us do not tell everybody what they are made of; dev servers do.
    if (isGrpcServiceError(error) && [PERMISSION_DENIED, UNIMPLEMENTED].includes(Number(error.code))) return false;
    throw error;
  }
}
