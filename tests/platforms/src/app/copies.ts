/**
 * A program whose tree has `dimp` twice: its own, and one in the folder of a plugin, as npm nests it where versions differ. It
 * throws, or says how many things hold.
 */
import assert from 'node:assert/strict';
import type * as dimp from 'dimp';
import { createDim, ID, isDimError, MemoryStore, verifyDocument, verifyMeta } from 'dimp';
import { standardPlugin } from 'dimplugins';

/** What the other package gives: its copies, and its plugin. */
interface OtherPackage {
  readonly dimp: typeof dimp;
  readonly standardPlugin: typeof standardPlugin;
  readonly polls: dimp.Plugin;
}

const name: string = 'poll-plugin';
const other = (await import(name)) as OtherPackage;
const dim = createDim({ plugins: [standardPlugin(), other.polls] });
const otherDim = other.dimp.createDim({ plugins: [other.standardPlugin(), other.polls] });
const alice = await dim.createUser({ name: 'Alice' });
const bob = await otherDim.createUser({ name: 'Bob' });
const poll = { type: '1001', sn: 1, time: 1_700_000_000 };

const THINGS: Readonly<Record<string, () => void | Promise<void>>> = {
  'there are two copies'() {
    assert.notEqual(other.dimp.ID, ID);
    assert.equal(bob.id instanceof ID, false);
  },
  'IDs are equal, and are read anew'() {
    const id = dim.ID.parse(bob.id);
    assert.ok(id instanceof ID && id.equals(bob.id) && bob.id.equals(id));
  },
  'an error of either copy is one for both'() {
    const fault = faultOf(() => otherDim.ID.parse('nobody'));
    assert.ok(isDimError(fault));
    assert.equal(fault.code, 'UNSUPPORTED_ADDRESS');
    const own = faultOf(() => dim.ID.parse('nobody'));
    assert.ok(other.dimp.isDimError(own));
    assert.equal(own.code, fault.code);
  },
  'a content of the plugin is read by its own kind'() {
    const content = dim.Content.parse({ ...poll, question: 'Tea?' });
    assert.equal(content.toMap()['question'], 'Tea?');
    assert.deepEqual(dim.Content.parse(content).toMap(), content.toMap());
    assert.equal<string>(content.kind, 'poll');
  },
  'what the plugin refuses keeps its code and its path'() {
    const fault = faultOf(() => dim.Content.parse({ ...poll, question: 7 }));
    const there = faultOf(() => otherDim.Content.parse({ ...poll, question: 7 }));
    assert.ok(isDimError(fault) && other.dimp.isDimError(there));
    assert.deepEqual([fault.code, fault.path, fault.reason], [there.code, there.path, there.reason]);
    assert.deepEqual([fault.code, fault.path], ['INPUT_TYPE', 'question']);
  },
  async 'people of both copies write to each other, and say what they have of the plugin'() {
    const [atAlice, atBob] = [new MemoryStore(), new other.dimp.MemoryStore()];
    await dim.addUser(atAlice, alice);
    await dim.addContact(atAlice, bob);
    await otherDim.addUser(atBob, bob);
    const options = { introduce: true } as const;
    const bytes = await dim
      .messenger({ self: alice.id, store: atAlice })
      .pack(dim.Content.parse({ ...poll, time: now(), question: 'Tea?' }), bob.id, options);
    const { content, sender } = await otherDim.messenger({ self: bob.id, store: atBob }).unpack(bytes);
    assert.equal(content.fields['question'], 'Tea?');
    assert.ok(alice.id.equals(sender));
    const answer = await otherDim
      .messenger({ self: bob.id, store: atBob })
      .pack(other.dimp.TextContent.create('Yes'), alice.id, options);
    const read = await dim.messenger({ self: alice.id, store: atAlice }).unpack(answer);
    assert.equal(read.content.fields['text'], 'Yes');
  },
  async 'what the other copy has verified counts for nothing'() {
    const verified = await other.dimp.verifyMeta(bob.meta, bob.id);
    assert.ok(verified);
    const [visa] = bob.visas;
    assert.ok(visa);
    await assert.rejects(async () => verifyDocument(dim.Document.parse(visa), verified), {
      code: 'USAGE_ARGUMENT',
      path: 'owner',
      reason: 'is of another copy of mkm: install one version, or verify it here',
    });
    const here = await verifyMeta(dim.Meta.parse(bob.meta), bob.id);
    assert.ok(here && (await verifyDocument(dim.Document.parse(visa), here)));
  },
};

for (const [thing, holds] of Object.entries(THINGS)) {
  try {
    await holds();
  } catch (error) {
    throw new Error(`does not hold: ${thing}`, { cause: error });
  }
}
console.log(`${Object.keys(THINGS).length} things hold`);

function faultOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
}

function now(): number {
  return Date.now() / 1000;
}
