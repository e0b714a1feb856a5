/** Somebody with a client of their own making: it sends what no page would. */
import { createDim, type Content, type ID } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';
import { addLocalUser, clientPlugin, createClient, MemoryClientStore } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';

export const dim = createDim({ plugins: [standardPlugin(), modernPlugin(), clientPlugin], wireShape: 'deployed' });

export interface Peer {
  readonly client: ReturnType<typeof createClient>;
  readonly id: ID;
  /** Sends one after the other, and waits until the station has the last one. */
  send(to: ID, ...contents: readonly Content[]): Promise<void>;
}

/** @param name as it is, whatever is in it */
export async function newPeer(name: string, port: number): Promise<Peer> {
  const user = await dim.createUser({ name, visaAlgorithms: ['X25519'] });
  const store = new MemoryClientStore();
  await addLocalUser(dim, store, user);
  const stations = [{ host: '127.0.0.1', port }];
  const client = createClient({ dim, store, self: user.id, transport: tcpTransport(), stations });
  await client.start();
  return {
    client,
    id: user.id.entity,
    async send(to, ...contents) {
      for (const content of contents) await (await client.send(content, to)).until('sent');
    },
  };
}
