/** What is hashed is hashed by the digest of the context's plugins; without one, by that of the library. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import * as dkd from '../../src/index.ts';
import { encodeBase64, keyDigest, newContentInit } from '../../src/extend.ts';
import { readMarkOf, recipientsDigest } from '../../src/internal.ts';
import { ALICE, BOB, context, desktop, errorOf, GROUP, phone, recipient, signKey, verifyWith } from '../world.ts';

const sha256 = (data: Uint8Array) => new Uint8Array(createHash('sha256').update(data).digest());
const digestPlugin = (digest: (data: Uint8Array) => Uint8Array) =>
  dkd.definePlugin('digest', [dkd.defineDigest({ name: 'SHA-256', digest })], { replace: true });
const contextWith = (digest: (data: Uint8Array) => Uint8Array) =>
  dkd.createMessageContext({ plugins: [standardPlugin(), digestPlugin(digest)] });

/** A context that notes how often it hashes; its digests are those of nobody else. */
const hashed: Uint8Array[] = [];
const own = contextWith((data) => {
  hashed.push(data);
  return sha256(data).map((byte) => byte ^ 0xff);
});
/** How many digests an action takes. */
async function digestsIn(action: () => unknown): Promise<number> {
  hashed.length = 0;
  await action();
  return hashed.length;
}

const recipients = [await recipient(BOB, phone), await recipient(ALICE, desktop)];
const messageKey = await context.SymmetricKey.generate('AES');
const content = new dkd.UnknownContent(newContentInit('77', { text: 'Hello' }));
const instant = dkd.InstantMessage.create(dkd.Envelope.create({ sender: ALICE, receiver: GROUP }), content);
const secure = await dkd.encryptMessage(context, instant, { messageKey, recipients, nameKey: true });
const signed = await dkd.signMessage(secure, signKey);

describe('a digest of a plugin', () => {
  test('proves envelopes, and asks whether a proof holds', async () => {
    const proofs: dkd.ReliableMessage[] = [];
    // One of each key, and one of all.
    expect(await digestsIn(async () => proofs.push(await dkd.proveEnvelope(own, signed, signKey)))).toBe(3);
    const [proven] = proofs;
    const verified = proven && (await verifyWith(proven, [signKey]));
    if (!verified) throw new Error('the message itself must verify');
    const answers: boolean[] = [];
    expect(await digestsIn(async () => answers.push(await dkd.verifyEnvelopeProof(own, verified)))).toBe(3);
    expect([...answers, await dkd.verifyEnvelopeProof(context, verified)]).toEqual([true, false]);
  });

  test('marks what was read', async () => {
    const marks: dkd.ReadMark[] = [];
    expect(await digestsIn(() => marks.push(readMarkOf(own, BOB, signed, content)))).toBe(1);
    expect(marks.map(({ id }) => id)).not.toEqual([readMarkOf(context, BOB, signed, content).id]);
  });

  test('names keys, each once, whatever another context calls them', async () => {
    const other = await context.SymmetricKey.generate('AES');
    const name = keyDigest(context, other);
    const names: string[] = [];
    expect(await digestsIn(() => names.push(keyDigest(own, other), keyDigest(own, other)))).toBe(1);
    expect(names.map((found) => found === name)).toEqual([false, false]);
    expect(keyDigest(context, other)).toBe(name);
    expect(await digestsIn(() => dkd.encryptMessage(own, instant, { messageKey, recipients, nameKey: true }))).toBe(1);
    expect(await digestsIn(() => dkd.encryptMessage(own, instant, { messageKey, recipients }))).toBe(0);
  });

  test('names those whom a key was made for', async () => {
    const digest = recipientsDigest(context, recipients);
    const digests: string[] = [];
    // One of each key, and one of all.
    expect(
      await digestsIn(() => digests.push(recipientsDigest(own, recipients), recipientsDigest(own, recipients))),
    ).toBe(3);
    expect(digests.map((found) => found === digest)).toEqual([false, false]);
    expect(recipientsDigest(context, recipients)).toBe(digest);
  });

  test('finds the key that a message names', async () => {
    const reused = await dkd.encryptMessage(own, instant, { messageKey, recipients: 'reused', nameKey: true });
    const verified = await verifyWith(await dkd.signMessage(reused, signKey), [signKey]);
    if (!verified) throw new Error('the message itself must verify');
    const options = { receiver: BOB, reusedKeys: [await context.SymmetricKey.generate('AES'), messageKey] };
    expect(await digestsIn(() => dkd.decryptMessage(own, verified, options))).toBe(1);
  });

  test('whose answer is none is a failure of the plugin', async () => {
    const failing = contextWith(() => {
      throw new TypeError('no hardware');
    });
    const expected = { code: 'INTERNAL_PLUGIN', reason: 'the definition of digest SHA-256 failed' };
    expect(await errorOf(() => failing.sha256(new Uint8Array()))).toMatchObject(expected);
    for (const answer of [new Uint8Array(31), new Uint8Array(33), 'x'.repeat(32), undefined]) {
      const { sha256: digest } = contextWith(() => answer as Uint8Array);
      const error = await errorOf(() => digest(new Uint8Array()));
      expect([error.code, error.reason]).toEqual([
        'INTERNAL_PLUGIN',
        'the definition of digest SHA-256 gave no 32 bytes',
      ]);
    }
  });
});

test('a context without one takes that of the library: with plugins of its own alone', () => {
  const bare = dkd.createMessageContext({ plugins: [] });
  for (const length of [0, 1, 55, 56, 64, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index);
    expect([bare.sha256(bytes), context.sha256(bytes)]).toEqual([sha256(bytes), sha256(bytes)]);
  }
  expect(readMarkOf(bare, BOB, signed, content).id).toBe(
    encodeBase64(sha256(context.ReliableMessage.parse(signed.toMap()).dataBytes).subarray(0, 16)),
  );
});

test('two plugins with a digest are an error that names both, unless the later replaces', async () => {
  const definitions = [dkd.defineDigest({ name: 'SHA-256', digest: sha256 })];
  const [one, two] = [dkd.definePlugin('one', definitions), dkd.definePlugin('two', definitions)];
  expect(await errorOf(() => dkd.createMessageContext({ plugins: [one, two] }))).toMatchObject({
    code: 'USAGE_DUPLICATE',
    reason:
      'digest SHA-256 of plugin two is defined by plugin one already: leave one of them out, or give the later one `replace: true`',
  });
});

test('a digest that is written to memory of another one is copied', async () => {
  const out = new Uint8Array(32);
  const reusing = contextWith((data) => {
    out.set(sha256(data));
    return out;
  });
  const [one, two] = [reusing.sha256(Uint8Array.of(1)), reusing.sha256(Uint8Array.of(2))];
  expect([one, two]).toEqual([sha256(Uint8Array.of(1)), sha256(Uint8Array.of(2))]);
});
