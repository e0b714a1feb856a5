/** A client and a station shake hands: start, again, restart, success. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createDim, EntityType, MemoryStore } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { HandshakeCommand, handshakePlugin, type HandshakeState } from './handshake.ts';

const dim = createDim({ plugins: [standardPlugin(), handshakePlugin] });
const client = await dim.createUser({ name: 'Alice' });
const station = await dim.createUser({ name: 'Station', seed: 'gsp-s001', type: EntityType.STATION });
const store = new MemoryStore();
await dim.addUser(store, client);
await dim.addUser(store, station);
const [atClient, atStation] = [client, station].map(({ id }) => dim.messenger({ self: id, store }));
assert.ok(atClient && atStation);

const states: HandshakeState[] = [];
const session = randomUUID();

/** What the station answers: the content is a handshake only after its signature was verified. */
async function answer(bytes: Uint8Array): Promise<Uint8Array> {
  assert.ok(atStation);
  const { content, sender } = await atStation.unpack(bytes);
  assert.ok(content.kind === 'handshake');
  states.push(content.state);
  const reply = content.session === session ? HandshakeCommand.accepted() : HandshakeCommand.ask(session);
  return atStation.pack(reply, sender);
}

let offer = HandshakeCommand.offer();
for (;;) {
  const { content } = await atClient.unpack(await answer(await atClient.pack(offer, station.id)));
  assert.ok(content.kind === 'handshake');
  states.push(content.state);
  console.log(`client says "${offer.title}", station says "${content.title}": ${content.state}`);
  if (content.state === 'success') break;
  offer = HandshakeCommand.offer(content.session);
}
assert.deepEqual(states, ['start', 'again', 'restart', 'success']);
