/**
 * Whoever chooses a backend chooses what hashes: addresses, proofs, marks and names of keys, and nothing asks another.
 *
 * @jest-environment node
 */
import * as crypto from 'node:crypto';
import * as sha2 from '@noble/hashes/sha2.js';
import * as sha3 from '@noble/hashes/sha3.js';
import * as legacy from '@noble/hashes/legacy.js';
import { describe, expect, jest, test } from '@jest/globals';

/** Which files have called a hash function of Node or of noble. */
const callers = new Set<string>();
function watched<F extends (...input: never[]) => unknown>(hash: F): F {
  const watching = (...input: Parameters<F>): unknown => {
    const [, , line = ''] = new Error('who').stack?.split('\n') ?? [];
    callers.add(/packages\/([\w/.-]+)/.exec(line)?.[1] ?? line);
    return hash(...input);
  };
  return Object.assign(watching, hash);
}
jest.unstable_mockModule('node:crypto', () => ({ ...crypto, hash: watched(crypto.hash) }));
jest.unstable_mockModule('@noble/hashes/sha2.js', () => ({ ...sha2, sha256: watched(sha2.sha256) }));
jest.unstable_mockModule('@noble/hashes/sha3.js', () => ({ ...sha3, keccak_256: watched(sha3.keccak_256) }));
jest.unstable_mockModule('@noble/hashes/legacy.js', () => ({ ...legacy, ripemd160: watched(legacy.ripemd160) }));

// Whatever imports them comes after that.
const { nativeBackend } = await import('dimplugins/backends/native');
const { portableBackend } = await import('dimplugins/backends/portable');
const { bitcoinStyleAddress, standardPlugin } = await import('dimplugins');
const { sha256 } = await import('dimplugins/coding');
const dkd = await import('../../src/index.ts');
const { keyDigest, newContentInit } = await import('../../src/extend.ts');
const { readMarkOf } = await import('../../src/internal.ts');

test('the watch sees what hashes', () => {
  callers.clear();
  bitcoinStyleAddress(new Uint8Array(1), 0);
  sha256(new Uint8Array(1));
  dkd.createMessageContext({ plugins: [] }).sha256(new Uint8Array(1));
  expect([...callers].sort()).toEqual(['dkd/src/context/hash-context.ts', 'plugins/src/backend/native/digests.ts']);
});

describe.each([
  { base: nativeBackend, within: [] },
  // Inside of a signature: what it is made over, and its nonce.
  {
    base: portableBackend,
    within: ['plugins/src/backend/portable/secp256k1.ts', 'plugins/src/digests/hmac-sha256.ts'],
  },
])('on the backend $base.name', ({ base, within }) => {
  const counts = { sha256: 0, ripemd160: 0, keccak256: 0 };
  const digestOf =
    (name: keyof typeof counts, digest: (data: Uint8Array) => Uint8Array) =>
    (data: Uint8Array): Uint8Array => {
      counts[name]++;
      return digest(data);
    };
  const backend = {
    ...base,
    sha256: digestOf('sha256', sha2.sha256),
    ripemd160: digestOf('ripemd160', legacy.ripemd160),
    keccak256: digestOf('keccak256', sha3.keccak_256),
  };
  const context = dkd.createMessageContext({ plugins: [standardPlugin({ backend })] });

  /** How often an action has each of the digests computed. */
  async function countsOf(action: () => unknown): Promise<typeof counts> {
    Object.assign(counts, { sha256: 0, ripemd160: 0, keccak256: 0 });
    await action();
    return { ...counts };
  }

  test('the digests are its own, and no others', async () => {
    callers.clear();
    const privateKey = await context.PrivateKey.generate('ECC');
    const content = new dkd.UnknownContent(newContentInit('77', {}));
    const of = async (type: 'MKM' | 'BTC' | 'ETH') => {
      const meta = await context.Meta.generate({ type, privateKey, ...(type === 'MKM' ? { seed: 'alice' } : {}) });
      return { meta, id: meta.id() };
    };
    const users = { mkm: await of('MKM'), btc: await of('BTC'), eth: await of('ETH') };
    const { meta, id } = users.mkm;

    // Reading: a checksum is a digest of a digest. Comparing: the hash of the key, too.
    expect(await countsOf(() => context.ID.parse(id.toString()))).toEqual({ sha256: 2, ripemd160: 0, keccak256: 0 });
    expect(await countsOf(() => context.ID.parse(users.eth.id.toString()))).toEqual({
      sha256: 0,
      ripemd160: 0,
      keccak256: 1,
    });
    for (const user of [users.mkm, users.btc])
      expect(await countsOf(() => user.meta.matches(user.id))).toEqual({ sha256: 3, ripemd160: 1, keccak256: 0 });
    expect(await countsOf(() => users.eth.meta.matches(users.eth.id))).toEqual({
      sha256: 0,
      ripemd160: 0,
      keccak256: 2,
    });

    const owner = await dkd.verifyMeta(meta, id);
    const envelope = dkd.Envelope.create({ sender: id, receiver: users.btc.id });
    const messageKey = await context.SymmetricKey.generate('AES');
    const options = { messageKey, recipients: 'reused', nameKey: true } as const;
    const instant = dkd.InstantMessage.create(envelope, content);
    const one = { sha256: 1, ripemd160: 0, keccak256: 0 };
    expect(await countsOf(() => keyDigest(context, messageKey))).toEqual(one);
    const secure = await dkd.encryptMessage(context, instant, options);
    const signed = await dkd.signMessage(secure, privateKey);
    expect(await countsOf(() => dkd.proveEnvelope(context, signed, privateKey))).toEqual(one);
    expect(await countsOf(() => readMarkOf(context, users.btc.id, signed, content))).toEqual(one);
    const proven = await dkd.proveEnvelope(context, signed, privateKey);
    const verified = owner && (await dkd.verifyMessage(proven, [owner]));
    if (!verified) throw new Error('the message must verify');
    expect(await countsOf(() => dkd.verifyEnvelopeProof(context, verified))).toEqual(one);
    await dkd.decryptMessage(context, verified, { receiver: users.btc.id, reusedKeys: [messageKey] });

    expect([...callers].sort()).toEqual(within);
  });
});
