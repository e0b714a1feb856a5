/** Whoever has not come in has its messages verified in turn with others such, beside those of who is in. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { createDim, HandshakeCommand, stationPlugin, TextContent, type Dim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { threadedBackend } from 'dimplugins/backends/native';
import { RawClient } from '../raw-client.ts';
import { dim, person, until, World } from '../world.ts';

const NEWCOMERS = 12;
/** Logins that each of them repeats. */
const EACH = 10;

/** Counts the signatures that are being verified. */
class Verifications {
  running = 0;
  most = 0;
  all = 0;

  /** What a station works with. */
  dim(): Dim {
    const { secp256k1 } = threadedBackend;
    const publicKey: typeof secp256k1.publicKey = (point) => {
      const key = secp256k1.publicKey(point);
      return { verify: async (message, signature) => this.#count(async () => key.verify(message, signature)) };
    };
    const backend = { ...threadedBackend, secp256k1: { ...secp256k1, publicKey } };
    return createDim({ plugins: [standardPlugin({ backend }), stationPlugin], wireShape: 'deployed' });
  }

  async #count(verify: () => Promise<boolean>): Promise<boolean> {
    this.all += 1;
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    try {
      return await verify();
    } finally {
      this.running -= 1;
    }
  }
}

test('of many who repeat a login one message is verified at a time, and others talk meanwhile', async () => {
  const verifications = new Verifications();
  const world = await new World({ dim: verifications.dim() }).start();
  const open = async (name: string): Promise<RawClient> =>
    RawClient.open(dim, person(name), await world.network.connect());
  const [alice, bob] = [await (await open('Alice')).logIn(), await (await open('Bob')).logIn()];
  await dim.addContact(alice.store, bob.user);
  await dim.addContact(bob.store, alice.user);
  const first = await open('Mallory');
  await first.greet();
  const login = await first.pack(HandshakeCommand.offer(first.session, { station: first.station }), first.station);
  const crowd = await Promise.all(Array.from({ length: NEWCOMERS }, async () => open('Mallory')));
  Object.assign(verifications, { most: 0, all: 0 });
  for (const { connection } of crowd)
    for (let count = 0; count < EACH; count += 1) void connection.send(login).catch(() => undefined);
  await until(() => verifications.running > 0);
  strictEqual(verifications.most, 1);
  await alice.say(TextContent.create('hello'), bob.user.id);
  strictEqual((await bob.hear('text')).content.fields['text'], 'hello');
  ok(verifications.all < NEWCOMERS * EACH, 'it did not wait for all of them');
  await until(() => verifications.all >= NEWCOMERS * EACH);
  // Two of one of theirs, which has a visa with it, and one of Alice.
  ok(verifications.most <= 3, `${verifications.most} at a time`);
  await world.stop();
});

test('what waits for a login is verified behind it: a crowd without one costs the station a signature each', async () => {
  const verifications = new Verifications();
  const world = await new World({ dim: verifications.dim() }).start();
  const bob = await RawClient.open(dim, person('Bob'), await world.network.connect());
  await bob.logIn();
  const alice = await RawClient.open(dim, person('Alice'), await world.network.connect());
  await dim.addContact(alice.store, bob.user);
  await dim.addContact(bob.store, alice.user);
  await alice.greet();
  const backlog: Uint8Array[] = [];
  for (let count = 0; count < 30; count += 1)
    backlog.push(await alice.pack(TextContent.create(`${count}`), bob.user.id, true));
  verifications.all = 0;
  let acknowledged = 0;
  for (const bytes of backlog) void alice.connection.send(bytes).then(() => (acknowledged += 1));
  // The question who it is comes once; behind it, the answer to something else.
  await alice.say(HandshakeCommand.offer('0'.repeat(64)), alice.station);
  const asked = [await alice.hear('handshake'), await alice.hear('handshake')];
  deepStrictEqual(
    asked.map(({ content }) => content.fields['title']),
    ['DIM?', 'DIM?'],
  );
  // With the first of them a visa came.
  ok(verifications.all <= 4, `${verifications.all} were verified`);
  strictEqual(acknowledged, 0);
  await alice.say(HandshakeCommand.offer(alice.session, { station: alice.station }), alice.station);
  strictEqual((await alice.hear('handshake')).content.fields['title'], 'DIM!');
  for (let count = 0; count < 30; count += 1) strictEqual((await bob.hear('text')).content.fields['text'], `${count}`);
  await until(() => acknowledged === 30);
  await world.stop();
});
