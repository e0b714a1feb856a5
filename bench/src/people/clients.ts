/** What the rows of clients work with: people as `createUser` makes them, stores, and a station that has kept messages. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDim, type ID, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';
import {
  clientPlugin,
  createClient,
  MemoryClientStore,
  systemClock,
  type Client,
  type ClientOptions,
  type ClientStore,
  type Clock,
  type Connection,
  type ConnectionEnd,
  type IncomingPayload,
  type Transport,
} from 'dimsdk';
import { openSqliteStore } from 'dimsdk/node';

/** The context of all clients here. */
export const dim = createDim({ plugins: [standardPlugin(), clientPlugin], wireShape: 'deployed' });

export type BenchContent = ReturnType<typeof dim.Content.parse>;
export type BenchClient = Client<BenchContent>;

/** Where a client keeps what it has. */
export type StoreKind = 'in memory' | 'SQLite';

let folder: string | undefined;
let files = 0;

/** A new store of a user who knows others. A file is gone when the process ends. */
export async function clientStoreOf(kind: StoreKind, user: User, contacts: readonly User[]): Promise<ClientStore> {
  const store = kind === 'in memory' ? new MemoryClientStore() : await openSqliteStore(newFile());
  await dim.addUser(store, user);
  for (const contact of contacts) await dim.addContact(store, contact);
  return store;
}

function newFile(): Parameters<typeof openSqliteStore>[0] {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'dim-bench-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return { dim, path: join(folder, `${files++}.db`), vault: 'unprotected' };
}

/** Users with an identity key each, and one visa key for all: none of them is to read anything. */
export async function makeSenders(count: number): Promise<readonly User[]> {
  const visaKey = await dim.DecryptKey.generate('RSA');
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const identity = await dim.PrivateKey.generate('ECC');
      const meta = await dim.Meta.generate({ type: 'MKM', privateKey: identity, seed: `sender${index}` });
      const id = meta.id();
      const visa = dim.Document.create({ type: 'visa', did: id, properties: { key: visaKey.encryptKey } });
      return { id, meta, visas: [await visa.sign(identity)], keys: { identity, decrypt: [{ key: visaKey }] } };
    }),
  );
}

/** Waits for nothing that takes time: the handshake of a client is never late. */
const patientClock: Clock = {
  now: () => systemClock.now(),
  wait: async (_seconds, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
};

/**
 * A station that hands over what it has as quickly as it is taken, and takes whatever comes. It does not finish the handshake:
 * receipts are written, and wait to go out.
 */
export class KeptMessages implements Transport {
  #payloads: IncomingPayload[] = [];
  #wake: () => void = () => undefined;
  #isClosed = false;

  /** Hands payloads over. @returns when all of them are acknowledged */
  async hand(payloads: readonly Uint8Array[]): Promise<void> {
    let left = payloads.length;
    await new Promise<void>((resolve) => {
      const acknowledge = (): void => {
        if (--left === 0) resolve();
      };
      for (const bytes of payloads) this.#payloads.push({ bytes, acknowledge });
      this.#wake();
    });
  }

  async connect(): Promise<Connection> {
    let end: (end: ConnectionEnd) => void = () => undefined;
    const ended = new Promise<ConnectionEnd>((resolve) => (end = resolve));
    return {
      name: 'kept messages',
      send: async () => undefined,
      incoming: this.#incoming(),
      close: async () => {
        this.#isClosed = true;
        this.#wake();
        end({ reason: 'closed' });
      },
      ended,
    };
  }

  async *#incoming(): AsyncGenerator<IncomingPayload> {
    while (!this.#isClosed) {
      const payloads = this.#payloads;
      this.#payloads = [];
      yield* payloads;
      if (this.#payloads.length > 0) continue;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** A client over a store. */
export function clientOver(
  store: ClientStore,
  self: ID,
  options: Partial<ClientOptions<BenchContent>> = {},
): BenchClient {
  const stations = [{ host: 'kept.example', port: 1 }];
  const transport = new KeptMessages();
  return createClient({ dim, store, self, transport, stations, clock: patientClock, ...options });
}
