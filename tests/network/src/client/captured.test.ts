/** A client before a deployed station, as it was captured: it wants to say what a deployed client said. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createDim, MemoryStore, type JsonMap, type User, type Visa } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { clientPlugin, createClient, MemoryClientStore } from 'dimsdk';
import { CapturedStation, type CapturedPacket } from 'dimtestkit/connection';
import { TestClock } from 'dimtestkit/network';

const VECTORS = new URL('../../../../../shared/network-vectors/', import.meta.url);
const skip = existsSync(VECTORS) ? false : 'there are no captures beside this repository';

const dim = createDim({ plugins: [standardPlugin(), clientPlugin], wireShape: 'deployed' });

interface CapturedPerson {
  readonly did: string;
  readonly id_key: JsonMap;
  readonly message_keys: readonly JsonMap[];
  readonly meta: JsonMap;
  readonly documents: readonly JsonMap[];
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, VECTORS), 'utf8'));
}

function userOf({ did, id_key: identity, message_keys: decrypt, meta, documents }: CapturedPerson): User {
  const keys = decrypt.map((key) => ({ key: dim.DecryptKey.parse(key) }));
  return {
    id: dim.ID.parse(did),
    meta: dim.Meta.parse(meta),
    // Of type visa, as the captured documents of users are.
    visas: documents.map((document) => dim.Document.parse(document) as Visa),
    keys: { identity: dim.PrivateKey.parse(identity), decrypt: keys },
  };
}

test(
  'Bob logs in, is cut off, logs in again with another session key, and reads what was stored',
  { skip },
  async () => {
    const people = read('identities.json') as Record<string, CapturedPerson>;
    const { packets } = read('tcp-two-clients.json') as {
      packets: readonly (CapturedPacket & { content?: JsonMap })[];
    };
    assert.ok(people['bob'] && people['station']);
    const station = new CapturedStation(packets, ['bob-1', 'bob-2']);
    const clock = new TestClock({ start: 1_795_642_372 });
    const store = new MemoryClientStore();
    const bob = userOf(people['bob']);
    await dim.addUser(store, bob);
    const stations = [{ host: '127.0.0.1', port: 19_394 }];
    const client = createClient({ dim, store, self: bob.id, transport: station.transport, stations, clock });
    const [heard, states, refused]: [string[], string[], string[]] = [[], [], []];
    client.on('received', ({ content }) => heard.push(content.kind === 'text' ? content.text : content.kind));
    client.on('connection', (state) => states.push(state.is));
    client.on('refused', ({ error }) => refused.push(error.message));
    const wanted = 'Second, you are offline';
    const read2 = new Promise<void>((resolve) => void client.on('received', 'text', () => resolve()));
    await client.start();
    await station.until(() => client.connection.is === 'online' && station.isPlayed);
    await station.end();
    await clock.until(read2, { within: 600 });
    assert.ok(client.connection.is === 'online');
    assert.equal(client.connection.station.toString(), people['station'].did);
    assert.deepEqual(states.filter((state) => state === 'online').length, 2);
    assert.ok(heard.includes(wanted), String(heard));
    assert.deepEqual(refused, []);
    // What it says is what a deployed client says, and is for whom that is: read with the station's keys.
    const memory = new MemoryStore();
    const host = userOf(people['station']);
    await dim.addUser(memory, host);
    await dim.addContact(memory, bob);
    const reader = dim.messenger({ self: host.id, store: memory, clock: () => clock.now() });
    const said: string[] = [];
    for (const text of station.received) {
      const message = dim.ReliableMessage.decode(new TextEncoder().encode(text));
      if (!message.receiver.isBroadcast && !message.receiver.equals(host.id)) continue;
      const { content } = await reader.open(message);
      said.push(content.kind === 'handshake' ? content.title : content.kind);
    }
    assert.deepEqual(said.slice(0, 2), ['Hello world!', 'Hello world!']);
    assert.ok(said.includes('documents') && said.includes('login'), String(said));
    assert.equal(said.filter((kind) => kind === 'Hello world!').length, 4);
    await client.close();
  },
);
