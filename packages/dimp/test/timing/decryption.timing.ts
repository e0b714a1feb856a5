/**
 * Decryption takes the same time whatever is wrong: 10,000 samples of each kind of failure, and Welch's t-test between
 * each two (see welch.ts). Not a part of `npm test`, as it takes a minute: `npm run test:timing`. Another number of samples:
 * `SAMPLES=2000 npm run test:timing`.
 *
 * What is compared is what a secret decides: whether an RSA padding is right; whether an AES padding is right, in bytes
 * that otherwise read the same. What is not:
 * - The length and range of an RSA block, the length of an AES ciphertext, an IV that is none: everybody sees them.
 * - Whether a message key is usable at all. Who sends it knows: it is a copy of a good one, or their own, or else, by
 *   implicit rejection, random bytes whatever its padding. The steps are the same here too, but reading a key map and
 *   failing to read one cost different microseconds.
 * - How far a plaintext is JSON. Reading ends at the first error, as everywhere; the padding changes nothing in it.
 * - JavaScript promises no constant time. This is a measurement on one machine, of one engine.
 *
 * A busy machine can shift a few samples, so all is measured again where a pair differs, three times at most: a leak is a
 * property of the code and shows each time, while by chance the same pair hardly ever has |t| > 4.5 three times in a row.
 */
import { describe, expect, test } from '@jest/globals';
import { decryptMessage, verifyMessage, verifyMeta, type VerifiedMessage } from 'dkd';
import { canDecrypt, type DecryptKey, type SymmetricKey } from '../../src/index.ts';
import { encryptedBlock, encryptedBlocks, padded, passwordText, sealed } from '../messaging/sealing.ts';
import { alice, bob, dim } from '../world.ts';
import { differences, sample, T_LIMIT, type Difference, type Run } from './welch.ts';

const SAMPLES = Number(process.env['SAMPLES'] ?? 10_000);
const WARM_UP = 500;
const ATTEMPTS = 3;
/** Inputs of one kind, made anew for each attempt: no ciphertext, and no place in memory, stands for all. */
const POOL = 500;
const TIMEOUT = 300_000;

const privateKey = await dim.PrivateKey.generate('RSA', { bits: 1024 });
if (!canDecrypt(privateKey)) throw new Error('an RSA key decrypts');
const decryptKey: DecryptKey = privateKey;
const password = dim.SymmetricKey.parse(JSON.parse(passwordText()));
const IV = { IV: (await sealed(undefined, new Uint8Array(16))).fields['IV'] ?? '' };

/**
 * How to make an input of each kind. All kinds get the same random bytes in turn: what differs is what is under test,
 * and not how long reading other garbage takes.
 */
type Kinds = Readonly<Record<string, (random: Uint8Array) => Uint8Array>>;

/** Ways to make a wrong RSA block, and a right one with bytes that are no key. */
const BLOCKS: Kinds = {
  'right padding': (random) => encryptedBlock(privateKey, random.subarray(0, 70)),
  'wrong type': () => encryptedBlock(privateKey, passwordText(), { type: 1 }),
  'short padding': () => encryptedBlock(privateKey, passwordText(), { zeroAt: 9 }),
  'no zero': (random) => encryptedBlock(privateKey, random.subarray(0, 70), { separator: 1 }),
};

/** Ways to pad wrongly, over a text that is no JSON at its very end. */
const NO_JSON = `{"type":"1","sn":7,"time":1700000000,"text":"${'x'.repeat(200)}" x`;
const TEXTS: Kinds = {
  'last byte 0': () => encryptedBlocks(padded(NO_JSON, (blocks) => blocks.fill(0, -1))),
  'wrong inner byte': () => encryptedBlocks(padded(NO_JSON, (blocks) => blocks.fill(1, -3, -2))),
  'last byte 17': () => encryptedBlocks(padded(NO_JSON, (blocks) => blocks.fill(17, -1))),
};
const UNREADABLE: Kinds = {
  ...TEXTS,
  'right padding, no JSON': () => encryptedBlocks(padded(NO_JSON)),
};

/** The same over random bytes, as a ciphertext gives that is put together from others. */
const RANDOM: Kinds = {
  'wrong padding': (random) => encryptedBlocks(spoiled(random, (blocks) => blocks.fill(0, -1))),
  'wrong inner byte': (random) => encryptedBlocks(spoiled(random, (blocks) => blocks.fill(1, -3, -2))),
  'right padding, no UTF-8': (random) => encryptedBlocks(spoiled(random)),
};

describe('as a key operation', () => {
  test(
    'RSA: a right padding and wrong ones',
    async () => {
      const prepare = async () =>
        runsOf(
          BLOCKS,
          async (block) => block,
          (block) => decryptKey.decrypt(block),
        );
      expect(await differing(prepare)).toEqual([]);
    },
    TIMEOUT,
  );

  test(
    'AES: wrong paddings',
    async () => {
      const prepare = async () =>
        runsOf(
          TEXTS,
          async (data) => data,
          (data) => refused(async () => password.decrypt(data, IV)),
        );
      expect(await differing(prepare)).toEqual([]);
    },
    TIMEOUT,
  );
});

describe('as a whole', () => {
  test(
    'a message whose key block is wrong, or holds no key',
    async () => {
      expect(await differingMessages(BLOCKS, async (block) => sealed(block, encryptedBlocks(padded(NO_JSON))))).toEqual(
        [],
      );
    },
    TIMEOUT,
  );

  test(
    'a message whose content is padded wrongly, or is no JSON',
    async () => {
      expect(await differingMessages(UNREADABLE, async (data) => sealed(undefined, data), password)).toEqual([]);
    },
    TIMEOUT,
  );

  test(
    'a message whose content is padded wrongly, or is no UTF-8',
    async () => {
      expect(await differingMessages(RANDOM, async (data) => sealed(undefined, data), password)).toEqual([]);
    },
    TIMEOUT,
  );

  test(
    'the same, with the key in the message',
    async () => {
      const key = encryptedBlock(privateKey, passwordText());
      expect(await differingMessages(UNREADABLE, async (data) => sealed(key, data))).toEqual([]);
    },
    TIMEOUT,
  );
});

/** The pairs of kinds of messages that differ. */
async function differingMessages(
  kinds: Kinds,
  seal: (bytes: Uint8Array) => ReturnType<typeof sealed>,
  reusedKey?: SymmetricKey,
): Promise<readonly string[]> {
  const reusedKeys = reusedKey === undefined ? [] : [reusedKey];
  const options = { receiver: bob.id, privateKeys: [{ key: decryptKey }], reusedKeys };
  return differing(async () =>
    runsOf(
      kinds,
      async (bytes) => verified(await seal(bytes)),
      (message) => refused(() => decryptMessage(dim, message, options)),
    ),
  );
}

/** The pairs of kinds that differ in each attempt. */
async function differing(prepare: () => Promise<Readonly<Record<string, Run>>>): Promise<readonly string[]> {
  let suspects: readonly string[] | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS && suspects?.length !== 0; attempt++) {
    const kinds = await prepare();
    await sample(kinds, WARM_UP);
    const found = differences(await sample(kinds, SAMPLES));
    report(attempt, found);
    const different = found
      .filter(({ t }) => t >= T_LIMIT)
      .map(({ pair }) => pair)
      .toSorted();
    suspects = different.filter((pair) => suspects?.includes(pair) ?? true);
  }
  return suspects ?? [];
}

function report(attempt: number, found: readonly Difference[]): void {
  const lines = found.map(({ pair, t }) => `  ${pair}: |t| = ${t.toFixed(2)}`);
  const title = expect.getState().currentTestName ?? '';
  process.stdout.write([`${title} (attempt ${attempt})`, ...lines, ''].join('\n'));
}

/** Runs of each kind, with any input of its pool. The pools are filled in turns, so that none lies together in memory. */
async function runsOf<T>(
  kinds: Kinds,
  prepare: (bytes: Uint8Array) => Promise<T>,
  run: (input: T) => unknown,
): Promise<Readonly<Record<string, Run>>> {
  const pools = Object.entries(kinds).map(([kind, make]) => ({ kind, make, pool: new Array<T>() }));
  for (let index = 0; index < POOL; index++) {
    const random = garbage(256);
    for (const { make, pool } of pools) pool.push(await prepare(make(random)));
  }
  return Object.fromEntries(
    pools.map(({ kind, pool }) => [kind, async () => run(pool[Math.floor(Math.random() * POOL)] as T)]),
  );
}

/** Runs what must fail. */
async function refused(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch {
    return;
  }
  throw new Error('it was decrypted');
}

async function verified(message: Awaited<ReturnType<typeof sealed>>): Promise<VerifiedMessage> {
  const sender = await verifyMeta(alice.meta, alice.id);
  const result = sender && (await verifyMessage(message, [sender]));
  if (result === false) throw new Error('not verified');
  return result;
}

/** Random bytes without a zero. */
function garbage(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length)).map((byte) => byte | 1);
}

/** Random blocks with a right padding, which is then spoiled. */
function spoiled(random: Uint8Array, spoil: (blocks: Uint8Array) => unknown = () => undefined): Uint8Array {
  const blocks = random.slice();
  blocks.fill(12, -12);
  spoil(blocks);
  return blocks;
}
