/** A signature of one kind passes for none of another: messages, metas, documents, envelope proofs. */
import { describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import {
  createDim,
  defineKeyAlgorithm,
  definePlugin,
  ForwardContent,
  TextContent,
  verifyMeta,
} from '../../src/index.ts';
import { encodeBase64, encodeUtf8 } from '../../src/extend.ts';
import { alice, bob, changed, dim, errorOf, mallory, mapOf, messengerOf, storeOf } from '../world.ts';

const anyone = dim.ID.parse('anyone@anywhere');

describe('what was signed as a broadcast', () => {
  const broadcast = async () => {
    const { data, signature } = mapOf(await (await messengerOf(alice)).pack(TextContent.create('Hello!'), anyone));
    return { data, signature } as { data: string; signature: string };
  };

  test('is no meta, of a user or of a group', async () => {
    const { data, signature } = await broadcast();
    const meta = { type: '1', key: alice.keys.identity.publicKey.fields, seed: data, fingerprint: signature };
    expect(await errorOf(() => dim.Meta.parse(meta))).toMatchObject({ code: 'INPUT_FORMAT', path: 'seed' });
  });

  test('is no document, of whatever type', async () => {
    const { data, signature } = await broadcast();
    for (const type of ['1', 'visa', 'profile', undefined])
      expect(
        (await errorOf(() => dim.Document.parse({ did: alice.id.toString(), type, data, signature }))).path,
      ).toMatch(/type$/);
  });
});

describe('what was signed as something else is no broadcast', () => {
  test('the name of a group', async () => {
    const seed = '{"type":"1","sn":7,"time":1700000000,"text":"Hello"}';
    const founded = dim.createGroup({ founder: alice, members: [], name: 'x', seed });
    expect(await errorOf(() => founded)).toMatchObject({ path: 'seed' });
  });

  test('a visa, an envelope', async () => {
    const [visa] = alice.visas;
    const reader = dim.messenger({ self: bob.id, store: await storeOf(bob), replay: false });
    const { signature } = visa?.toMap() ?? {};
    const message = { sender: alice.id.toString(), receiver: anyone.toString(), data: visa?.data, signature };
    const asMessage = reader.unpack(encodeUtf8(JSON.stringify(message)));
    expect((await errorOf(() => asMessage)).code).toMatch(/^INPUT_/);
    const proven = await (await messengerOf(alice)).pack(TextContent.create('x'), anyone, { proveEnvelope: true });
    const proof = mapOf(proven)['envelope_proof'] as { signature: string };
    expect((await errorOf(() => reader.unpack(changed(proven, { signature: proof.signature })))).code).toBe(
      'CRYPTO_VERIFY',
    );
  });
});

test('one who names the key of another as their own takes over no message whose envelope is proven', async () => {
  // The data alone is signed: a message is of everybody who shows its key, unless the envelope is signed too.
  const visa = await mallory.visas[0]?.with({ key: bob.keys.identity.publicKey }).sign(mallory.keys.identity, {
    time: Date.now() / 1000 + 5,
  });
  const store = await storeOf(alice);
  await dim.addContact(store, { ...mallory, visas: visa === undefined ? [] : [visa] });
  const strict = dim.messenger({ self: alice.id, store, replay: false, requireEnvelopeProof: true });
  const packed = await (await messengerOf(bob)).pack(TextContent.create('x'), alice.id, { proveEnvelope: true });
  expect((await strict.unpack(packed)).sender.toString()).toBe(bob.id.toString());
  const taken = { sender: mallory.id.toString() };
  for (const change of [taken, { ...taken, envelope_proof: undefined }])
    expect(await errorOf(() => strict.unpack(changed(packed, change)))).toMatchObject({
      code: 'CRYPTO_VERIFY',
      path: 'envelope_proof',
    });
});

test('a key whose answer is anything but true has verified nothing', async () => {
  for (const answer of [{ valid: false }, {}, 1, 'yes', [], undefined]) {
    const read = (fields: object) => ({
      algorithm: 'LAX',
      fields: fields as never,
      data: new Uint8Array([1]),
      verify: () => answer as never,
      toJSON: () => fields as never,
    });
    const lax = definePlugin('lax', [defineKeyAlgorithm({ algorithm: 'LAX', publicKey: { read } })]);
    const context = createDim({ plugins: [standardPlugin(), lax] });
    const fingerprint = encodeBase64(new Uint8Array(70));
    const meta = context.Meta.parse({ type: '1', key: { algorithm: 'LAX' }, seed: 'x', fingerprint });
    expect(await verifyMeta(meta, meta.id())).toBe(false);
  }
});

test('what is forwarded is verified when it is opened, and not by being forwarded', async () => {
  const honest = await (await messengerOf(alice)).pack(TextContent.create('x'), bob.id);
  const forged = dim.ReliableMessage.decode(changed(honest, { signature: 'AAAA' }));
  const carrier = await (await messengerOf(alice)).pack(ForwardContent.create(forged), bob.id);
  const reader = dim.messenger({ self: bob.id, store: await storeOf(bob) });
  const { content } = await reader.unpack(carrier);
  const [inner] = content.kind === 'forward' ? content.messages : [];
  if (inner === undefined) throw new Error('it carries one');
  expect((await errorOf(() => reader.open(inner))).code).toBe('CRYPTO_VERIFY');
});
