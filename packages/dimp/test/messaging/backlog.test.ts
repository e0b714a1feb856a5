/** Many messages at once: in order, each with its own outcome, none lost, and everything else runs in between. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  MemoryStore,
  TextContent,
  type Change,
  type DecryptKey,
  type Messenger,
  type OpenedPackage,
  type Store,
} from '../../src/index.ts';
import { alice, bob, carol, changed, dim, messengerOf, storeOf } from '../world.ts';

const COUNT = 40;
let packages: Uint8Array[];

beforeAll(async () => {
  const sender = await messengerOf(alice);
  packages = [];
  for (let index = 0; index < COUNT; index++)
    packages.push(await sender.pack(TextContent.create(`${index}`), bob.id, { reuseKey: index % 4 === 3 }));
});

function textOf(opened: OpenedPackage): string {
  if (opened.is === 'failed') return (opened.error as { code?: string }).code ?? 'a stranger';
  const { content } = opened.unpacked;
  return content instanceof TextContent ? content.text : content.kind;
}

async function textsOf(opened: AsyncIterable<OpenedPackage>): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const one of opened) texts.push(textOf(one));
  return texts;
}

const inOrder = Array.from({ length: COUNT }, (_, index) => `${index}`);

function methodsOf(store: MemoryStore): Store {
  return {
    meta: (id) => store.meta(id),
    documents: (id) => store.documents(id),
    keys: (id) => store.keys(id),
    members: (group) => store.members(group),
    messageKeys: (direction, use) => store.messageKeys(direction, use),
    readState: (mark) => store.readState(mark),
    commit: (changes) => store.commit(changes),
  };
}

describe('unpackAll', () => {
  test.each([1, 2, 32, 1000])('%p at a time: all in their order', async (atATime) => {
    const messenger = dim.messenger({ self: bob.id.at('phone'), store: await storeOf(bob), atATime });
    expect(await textsOf(messenger.unpackAll(packages))).toEqual(inOrder);
  });

  test('what is wrong with one is what became of that one, with its bytes', async () => {
    const wrong = [
      packages[0] as Uint8Array,
      Uint8Array.of(1, 2, 3),
      changed(packages[1] as Uint8Array, { signature: 'AAAA' }),
      packages[2] as Uint8Array,
      changed(packages[4] as Uint8Array, { keys: { [bob.id.toString()]: '*' } }),
      changed(packages[5] as Uint8Array, { keys: { [bob.id.toString()]: 'AAAA' } }),
      changed(packages[5] as Uint8Array, { receiver: carol.id.toString() }),
      packages[0] as Uint8Array,
      'no bytes' as unknown as Uint8Array,
      packages[6] as Uint8Array,
    ];
    const messenger = dim.messenger({ self: bob.id.at('phone'), store: await storeOf(bob) });
    const all: OpenedPackage[] = [];
    for await (const opened of messenger.unpackAll(wrong)) all.push(opened);
    expect(all.map(textOf)).toEqual([
      '0',
      'INPUT_FORMAT',
      'CRYPTO_VERIFY',
      '2',
      'INPUT_FORMAT',
      'CRYPTO_DECRYPT',
      'NOT_RECIPIENT',
      'INPUT_REPLAY',
      'USAGE_ARGUMENT',
      '6',
    ]);
    expect(all.map(({ bytes }) => bytes)).toEqual(wrong);
  });

  test('a source may use the same memory for all', async () => {
    const memory = new Uint8Array(Math.max(...packages.map(({ length }) => length)));
    function* source(): Generator<Uint8Array> {
      for (const bytes of packages) {
        memory.fill(0x20);
        memory.set(bytes);
        yield memory;
      }
    }
    const messenger = dim.messenger({ self: bob.id.at('phone'), store: await storeOf(bob) });
    expect(await textsOf(messenger.unpackAll(source()))).toEqual(inOrder);
  });

  test('a store that asks the network may be answered by the same messenger', async () => {
    const sender = await messengerOf(alice);
    const answer = await sender.pack(TextContent.create('answer'), bob.id);
    const known = await storeOf(bob);
    let isAsked = false;
    const store: Store = {
      ...methodsOf(known),
      meta: async (id) => {
        if (!isAsked) {
          isAsked = true;
          await messenger.unpack(answer);
        }
        return known.meta(id);
      },
    };
    const messenger = dim.messenger({ self: bob.id.at('phone'), store, atATime: 1 });
    expect(await textsOf(messenger.unpackAll(packages))).toEqual(inOrder);
  });

  test('no private key does anything for what the sender did not sign, and the right one of two that look alike is found', async () => {
    const known = await storeOf(bob);
    const ring = known.keys(bob.id);
    const asked: string[] = [];
    const own = ring?.decrypt[0]?.key as DecryptKey;
    const inKeystore = (name: string, decrypt: DecryptKey['decrypt'] | undefined): DecryptKey => {
      return {
        algorithm: 'RSA',
        fields: { algorithm: 'RSA', store: 'hsm', id: 12345678901234567890n },
        encryptKey: own.encryptKey,
        toJSON: () => ({}),
        decrypt: (ciphertext) => {
          asked.push(name);
          if (decrypt === undefined) throw new Error('another key');
          return decrypt(ciphertext);
        },
      };
    };
    const decrypt = [inKeystore('other', undefined), inKeystore('own', (ciphertext) => own.decrypt(ciphertext))];
    const keys = { identity: ring?.identity, decrypt: decrypt.map((key) => ({ key })) };
    const store: Store = { ...methodsOf(known), keys: () => keys };
    const messenger = dim.messenger({ self: bob.id.at('phone'), store });
    const forged = packages.slice(0, 3).map((bytes) => changed(bytes, { signature: 'AAAA' }));
    expect(await textsOf(messenger.unpackAll(forged))).toEqual(forged.map(() => 'CRYPTO_VERIFY'));
    expect(asked).toEqual([]);
    expect(await textsOf(messenger.unpackAll(packages.slice(0, 3)))).toEqual(['0', '1', '2']);
  });

  test('the first message of a stranger, and those behind it that need what it brings', async () => {
    const sender = await messengerOf(alice);
    const letters = [
      await sender.pack(TextContent.create('first'), bob.id, { introduce: true, reuseKey: true }),
      await sender.pack(TextContent.create('second'), bob.id),
    ];
    await sender.handedOver(letters[0] as Uint8Array);
    letters.push(await sender.pack(TextContent.create('third'), bob.id, { reuseKey: true }));
    const messenger = dim.messenger({ self: bob.id.at('phone'), store: await storeOf(bob, []) });
    expect(await textsOf(messenger.unpackAll(letters))).toEqual(['first', 'second', 'third']);
  });

  test('whoever stops has lost none: what was not given is not read', async () => {
    const store = await storeOf(bob);
    const messenger = dim.messenger({ self: bob.id.at('phone'), store });
    const texts: string[] = [];
    for await (const opened of messenger.unpackAll(packages)) {
      texts.push(textOf(opened));
      if (texts.length === 3) break;
    }
    const again = await textsOf(messenger.unpackAll(packages));
    expect(texts).toEqual(['0', '1', '2']);
    expect(again).toEqual(['INPUT_REPLAY', 'INPUT_REPLAY', 'INPUT_REPLAY', ...inOrder.slice(3)]);
  });

  test('what fails to be kept may come again, and the others go on', async () => {
    const store = new FailingOnce();
    await dim.addUser(store, bob);
    await dim.addContact(store, alice);
    store.left = 2;
    const messenger = dim.messenger({ self: bob.id.at('phone'), store });
    const all: OpenedPackage[] = [];
    for await (const opened of messenger.unpackAll(packages.slice(0, 4))) all.push(opened);
    expect(all.map(textOf)).toEqual(['0', 'a stranger', '2', '3']);
    expect(await textsOf(messenger.unpackAll(packages.slice(1, 2)))).toEqual(['1']);
  });

  test('what is no list of packages is refused', async () => {
    const messenger = await messengerOf(bob);
    for (const wrong of [undefined, null, 1, packages[0]])
      expect(() => messenger.unpackAll(wrong as unknown as Uint8Array[])).toThrow(
        expect.objectContaining({ code: 'USAGE_ARGUMENT', path: 'packages' }),
      );
  });
});

describe('keys', () => {
  test('are decrypted for several messages at a time, once for each', async () => {
    const keys = new SlowKeys();
    const store = new MemoryStore();
    const decrypt = bob.keys.decrypt.map(({ terminal, key }) => ({ terminal, key: keys.of(key) }));
    await dim.addUser(store, { ...bob, keys: { ...bob.keys, decrypt } });
    await dim.addContact(store, alice);
    const opened = dim.messenger({ self: bob.id.at('phone'), store, atATime: 8 }).unpackAll(packages);
    const first = opened.next();
    await keys.until(8);
    keys.release();
    expect(textOf((await first).value as OpenedPackage)).toBe('0');
    expect(await textsOf(opened)).toEqual(inOrder.slice(1));
    expect([keys.most, keys.count]).toEqual([8, COUNT]);
  });
});

describe('the event loop', () => {
  test('runs while many messages are opened, whichever way they are asked for', async () => {
    for (const open of [
      async (messenger: Messenger) => void (await textsOf(messenger.unpackAll(packages))),
      async (messenger: Messenger) => void (await Promise.all(packages.map(async (one) => messenger.unpack(one)))),
      async (messenger: Messenger) => {
        for (const one of packages) await messenger.unpack(one);
      },
    ]) {
      const messenger = dim.messenger({ self: bob.id.at('phone'), store: await storeOf(bob), longestTurn: 1 });
      let turns = 0;
      let isOver = false;
      const count = (): void => {
        turns++;
        if (!isOver) setImmediate(count);
      };
      setImmediate(count);
      await open(messenger);
      isOver = true;
      // Each takes some tenths of a millisecond, on any machine.
      expect(turns).toBeGreaterThan(2);
    }
  });

  test.each([
    ['longestTurn', 0],
    ['longestTurn', NaN],
    ['longestTurn', '10'],
    ['atATime', 0],
    ['atATime', 1.5],
    ['atATime', Infinity],
  ])('%s: %p is refused', async (name, value) => {
    const store = await storeOf(bob);
    expect(() => dim.messenger({ self: bob.id, store, [name]: value })).toThrow(
      expect.objectContaining({ code: 'USAGE_ARGUMENT', path: name }),
    );
  });
});

/** A store that fails one of its commits. */
class FailingOnce extends MemoryStore {
  left = Infinity;

  override commit(changes: readonly Change[]): void {
    if (--this.left === 0) throw new Error('the disk is full');
    super.commit(changes);
  }
}

/** Private keys that begin to decrypt, and go on when a test says so. */
class SlowKeys {
  count = 0;
  most = 0;
  #running = 0;
  #isReleased = false;
  readonly #waiting: (() => void)[] = [];
  #reached: { readonly count: number; readonly resolve: () => void } | undefined;

  /** The same key, but slow. */
  of(key: DecryptKey): DecryptKey {
    return {
      algorithm: key.algorithm,
      fields: key.fields,
      encryptKey: key.encryptKey,
      toJSON: () => key.toJSON(),
      decrypt: async (ciphertext) => {
        await this.#wait();
        return key.decrypt(ciphertext);
      },
    };
  }

  /** Until so many keys are being decrypted. */
  async until(count: number): Promise<void> {
    if (this.#running < count) await new Promise<void>((resolve) => (this.#reached = { count, resolve }));
  }

  release(): void {
    this.#isReleased = true;
    for (const resolve of this.#waiting) resolve();
  }

  async #wait(): Promise<void> {
    this.count++;
    this.most = Math.max(this.most, ++this.#running);
    if (this.#reached !== undefined && this.#running >= this.#reached.count) this.#reached.resolve();
    if (!this.#isReleased) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running--;
  }
}
