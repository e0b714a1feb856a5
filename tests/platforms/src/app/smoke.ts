/** Imports every entry, and sends messages between the platform's backend and the portable one. It throws, or names the former. */
import assert from 'node:assert/strict';
import { createDim, DimError, MemoryStore, TextContent, type Dim, type User } from 'dimp';
import * as dkd from 'dkd';
import { platformBackend, standardPlugin, type Backend } from 'dimplugins';
import { modernPlugin, platformModernBackend, type ModernBackend } from 'dimplugins/modern';
import { nativeBackend, nativeModernBackend } from 'dimplugins/backends/native';
import { portableBackend, portableModernBackend } from 'dimplugins/backends/portable';
import { encodeHex, keccak256 } from 'dimplugins/coding';
import * as sdk from 'dimsdk';
import * as browserSdk from 'dimsdk/browser';
import * as extendSdk from 'dimsdk/extend';
import * as nodeSdk from 'dimsdk/node';
import * as words from 'dimsdk/words';
import * as testkit from 'dimtestkit';
import * as clientStoreTestkit from 'dimtestkit/client-store';
import * as connectionTestkit from 'dimtestkit/connection';
import * as contentsTestkit from 'dimtestkit/contents';
import * as networkTestkit from 'dimtestkit/network';
import * as storeTestkit from 'dimtestkit/store';
import * as mkm from 'mkm';

const testkits = [testkit, contentsTestkit, storeTestkit, clientStoreTestkit, connectionTestkit, networkTestkit];
for (const door of [sdk, browserSdk, extendSdk, nodeSdk, words, ...testkits]) assert.ok(Object.keys(door).length > 0);
// One class, whichever package it comes from.
assert.equal(mkm.DimError, DimError);
assert.equal(dkd.DimError, DimError);

assert.equal(nativeBackend.name, 'native');
assert.ok(nativeModernBackend);
assert.match(encodeHex(keccak256(new Uint8Array())), /^c5d24601/);

const platform = contextOn(platformBackend, platformModernBackend);
const portable = contextOn(portableBackend, portableModernBackend);
for (const [from, to] of [
  [platform, portable],
  [portable, platform],
] as const) {
  for (const algorithm of ['ECC', 'ED25519']) {
    const alice = await from.createUser({ name: 'Alice', algorithm, seed: 'alice' });
    const bob = await to.createUser({ name: 'Bob' });
    const bytes = await from
      .messenger({ self: alice.id, store: await storeOf(from, alice, bob) })
      .pack(TextContent.create('Hello!'), bob.id);
    const store = await storeOf(to, bob, alice);
    const { content, sender } = await to.messenger({ self: bob.id, store }).unpack(bytes);
    assert.ok(sender.equals(alice.id));
    assert.equal(content.kind === 'text' && content.text, 'Hello!');
    bytes[bytes.length - 4] = 0;
    await assert.rejects(to.messenger({ self: bob.id, store }).unpack(bytes), DimError);
  }
}
console.log(platformBackend.name);

function contextOn(backend: Backend, modernBackend: ModernBackend) {
  return createDim({ plugins: [standardPlugin({ backend }), modernPlugin({ backend: modernBackend })] });
}

async function storeOf(dim: Dim, user: User, contact: User): Promise<MemoryStore> {
  const store = new MemoryStore();
  await dim.addUser(store, user);
  await dim.addContact(store, contact);
  return store;
}
