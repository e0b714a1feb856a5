/** Somebody signs a visa for a terminal that no ID can have: nobody else notices. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { DocumentsCommand, TextContent, type Content, type ID, type JsonMap } from 'dimp';
import { encodeBase64, encodeUtf8, optionalListOf } from 'dimp/extend';
import { changed, RawClient } from '../raw-client.ts';
import { dim, person, World } from '../world.ts';

let world: World | undefined;

afterEach(async () => {
  await world?.stop();
  world = undefined;
});

const TERMINALS = ['my phone', 'a/b', 'x'.repeat(2000), 5];

/** A visa of somebody, at a terminal that a program of this library would not sign. */
async function oddVisa(name: string, terminal: unknown): Promise<JsonMap> {
  const { id, visas, keys } = person(name);
  const time = Date.now() / 1000;
  const data = JSON.stringify({ ...visas[0]?.properties, terminal, time, created_time: time });
  const signature = encodeBase64(await keys.identity.sign(encodeUtf8(data)));
  return { did: id.toString(), type: 'visa', data, signature };
}

/** Somebody who comes in with a visa of these fields. */
class Attaching extends RawClient {
  visa: JsonMap | undefined;

  override async pack(content: Content, receiver: ID, introduce = false): Promise<Uint8Array> {
    const bytes = await super.pack(content, receiver, introduce);
    return introduce && this.visa !== undefined ? changed(bytes, { visa: this.visa }) : bytes;
  }
}

async function come(here: World, name: string, visa?: JsonMap): Promise<RawClient> {
  const client = new Attaching(dim, person(name), await here.network.connect());
  client.visa = visa;
  await dim.addUser(client.store, client.user);
  for (const other of ['Alice', 'Bob', 'Mallory'])
    if (other !== name) await dim.addContact(client.store, person(other));
  return client.logIn();
}

test('who writes to somebody with such a visa is told what becomes of it, and so is who comes in with one', async () => {
  const here = (world = await new World().start());
  const mallory = await come(here, 'Mallory');
  for (const terminal of TERMINALS) {
    const command = DocumentsCommand.answer(mallory.user.id, []);
    const odd = await oddVisa('Mallory', terminal);
    const documents = [...mallory.user.visas.map(({ fields }) => fields), odd];
    const offered = dim.Content.parse({ ...command.fields, meta: mallory.user.meta.fields, documents });
    await mallory.say(offered, mallory.station);
    strictEqual(await mallory.receipt(), 'Document not accepted.');
    const again = await come(here, 'Mallory', odd);
    await again.connection.close();
  }
  await mallory.connection.close();
  const alice = await come(here, 'Alice');
  const receipts: string[] = [];
  for (const words of ['one', 'two']) {
    await alice.say(TextContent.create(words), mallory.user.id);
    receipts.push(await alice.receipt());
  }
  deepStrictEqual(receipts, ['Message cached.', 'Message cached.']);
  deepStrictEqual(here.station.sessions().length, 1);
});

test('a record that has such a visa from before keeps all else of its owner', async () => {
  const here = (world = await new World().start());
  await (await come(here, 'Bob')).connection.close();
  const { records } = here.engine;
  const key = person('Bob').id.entityKey;
  const kept = await records.read('user', key);
  const documents = [await oddVisa('Bob', 'my phone'), ...(optionalListOf(kept ?? {}, 'documents') ?? [])];
  await records.write([{ table: 'user', key, value: { ...kept, documents }, writtenAt: 1 }]);
  await here.stop();
  await here.start();
  const alice = await come(here, 'Alice');
  await alice.say(TextContent.create('hello'), person('Bob').id);
  strictEqual(await alice.receipt(), 'Message cached.');
  await alice.say(DocumentsCommand.query(person('Bob').id), alice.station);
  const told = (await alice.hear('documents')).content.fields['documents'];
  strictEqual(Array.isArray(told) && told.length, 1);
});
