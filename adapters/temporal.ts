import { Client, Connection } from '@temporalio/client';

/** Where Temporal is. */
export interface TemporalPlace {
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
}

/** A client of Temporal's, and what closes its connection. */
export interface TemporalClient {
  readonly client: Client;
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

/** Connects to Temporal. Throws if it does not answer within 10 s. */
export async function connectTemporal({ temporalAddress, temporalNamespace }: TemporalPlace): Promise<TemporalClient> {
  const connection = await Connection.connect({ address: temporalAddress, connectTimeout: '10s' });
  // The default, process@host, would stand in every signal.
  const client = new Client({ connection, namespace: temporalNamespace, identity: 'perennial' });
  return { client, connection, close: () => connection.close() };
}
