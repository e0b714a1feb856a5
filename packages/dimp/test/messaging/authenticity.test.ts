/** What a messenger can vouch for: the envelope, the group and the time. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ANYONE, EVERYONE, TextContent } from '../../src/index.ts';
import type { DecryptKey, MessengerOptions, PrivateKey } from '../../src/index.ts';
import { alice, bob, carol, changed, dim, errorOf, faultOf, group, mapOf, messengerOf, storeOf } from '../world.ts';

const hello = TextContent.create('Hello');
const proveEnvelope = true;
let sender: Awaited<ReturnType<typeof messengerOf>>;
let proven: Uint8Array;
let plain: Uint8Array;

async function reader(options: Omit<MessengerOptions, 'self' | 'store'> = {}) {
  return dim.messenger({ self: bob.id, store: await storeOf(bob), replay: false, ...options });
}

beforeAll(async () => {
  sender = await messengerOf(alice);
  proven = await sender.pack(hello, bob.id, { proveEnvelope });
  plain = await sender.pack(hello, bob.id);
});

describe('the envelope', () => {
  test('is authenticated where the sender signs it', async () => {
    const device = await reader();
    expect((await device.unpack(proven)).authenticated).toBe('envelope');
    expect((await device.unpack(plain)).authenticated).toBe('content');
    expect(mapOf(plain)['envelope_proof']).toBeUndefined();
  });

  test.each(['2.4', '2.0', 'deployed'] as const)(
    'is authenticated in the shapes of the wireShape %s',
    async (wireShape) => {
      const device = await reader();
      for (const receiver of [bob.id, bob.id.at('phone'), ANYONE, EVERYONE]) {
        const packed = await sender.pack(hello, receiver, { proveEnvelope, wireShape });
        expect((await device.unpack(packed)).authenticated).toBe('envelope');
      }
    },
  );

  test.each([
    ['base64,', (iv: unknown) => `base64,${String(iv)}`],
    ['a data URI', (iv: unknown) => `data:;base64,${String(iv)}`],
    ['a map', (iv: unknown) => ({ algorithm: 'base64', data: iv })],
  ])('is authenticated, and its content read, where the IV is %s', async (_what, form) => {
    const device = await reader();
    const packed = changed(proven, { IV: form(mapOf(proven)['IV']) });
    expect(await device.unpack(packed)).toMatchObject({ authenticated: 'envelope', content: { text: 'Hello' } });
  });

  test('can be demanded', async () => {
    const strict = await reader({ requireEnvelopeProof: true });
    expect((await strict.unpack(proven)).authenticated).toBe('envelope');
    const fault = ['CRYPTO_VERIFY', 'envelope_proof', 'the sender does not vouch for the envelope'];
    expect(await faultOf(() => strict.unpack(plain))).toEqual(fault);
  });

  test.each([
    ['time', { time: 1700000000 }],
    ['receiver', { receiver: bob.id.at('tablet').toString() }],
    ['type', { type: undefined }],
    ['keys', { keys: {} }],
    ['IV', { IV: undefined }],
    ['proof', { envelope_proof: { signature: 'AAAA' } }],
  ])('is refused when its %s changed, also where no proof is demanded', async (_name, change) => {
    const fault = ['CRYPTO_VERIFY', 'envelope_proof', 'the envelope is not as the sender signed it'];
    expect(await faultOf(async () => (await reader()).unpack(changed(proven, change)))).toEqual(fault);
  });

  test('of a message to a group is authenticated, whole and split for one member', async () => {
    const content = TextContent.create('Hello all', { group: group.id });
    const packed = await sender.pack(content, group.id, { proveEnvelope });
    const device = await reader({ requireEnvelopeProof: true });
    const keys = Object.entries(mapOf(packed)['keys'] as object).filter(([name]) => name.startsWith('bob'));
    const part = { receiver: bob.id.toString(), keys: Object.fromEntries(keys) as object };
    for (const change of [{}, part, { ...part, group: group.id.toString() }]) {
      const { authenticated, group: of } = await device.unpack(changed(packed, change));
      expect([authenticated, of?.equals(group.id)]).toEqual(['envelope', true]);
    }
  });

  test('of a part that hides its group is that of the group in the content', async () => {
    const stranger = await dim.createGroup({ founder: alice, members: [bob.id], name: 'Other', seed: 'other' });
    const { proveEnvelope: prove } = await import('dkd');
    const fault = ['INPUT_CONFLICT', 'envelope_proof.receiver', 'differs from the group of the content'];
    // The envelope says one group, and the content another or none: nobody but the sender can write such a message.
    for (const content of [TextContent.create('Hello all', { group: group.id }), hello]) {
      const { message: honest } = await sender.packMessage(content, bob.id);
      const written = dim.ReliableMessage.parse({ ...honest.toMap(), receiver: stranger.id.toString() });
      const proof = await prove(dim, written, alice.keys.identity);
      const part = { ...honest.toMap(), envelope_proof: proof.toMap()['envelope_proof'] };
      expect(await faultOf(async () => (await reader()).open(dim.ReliableMessage.parse(part)))).toEqual(fault);
    }
  });
});

describe('the group is that of the content', () => {
  const toGroup = TextContent.create('Hello all', { group: group.id });
  const here = group.id.toString();
  let there: string;

  beforeAll(async () => {
    const other = await dim.createGroup({ founder: alice, members: [bob.id], name: 'Other', seed: 'other' });
    there = other.id.toString();
  });

  test.each<[string, TextContent, () => object, string]>([
    ['the envelope names one, the content none', hello, () => ({ group: here }), 'group'],
    ['the envelope names another', toGroup, () => ({ group: there }), 'group'],
    ['the receiver is another', toGroup, () => ({ receiver: there }), 'receiver'],
    ['the receiver is a group, and the content is for none', hello, () => ({ receiver: here }), 'receiver'],
  ])('refused: %s', async (_what, content, change, path) => {
    const packed = changed(await sender.pack(content, bob.id), change());
    const fault = ['INPUT_CONFLICT', path, 'differs from the group of the content'];
    expect(await faultOf(async () => (await reader()).unpack(packed))).toEqual(fault);
  });

  test.each<[string, TextContent, object, string | undefined]>([
    ['the envelope names the same', toGroup, { group: here }, here],
    ['the envelope names none', toGroup, {}, here],
    ['the receiver is the same', toGroup, { receiver: here }, here],
  ])('read: %s', async (_what, content, change, expected) => {
    const { group: of } = await (await reader()).unpack(changed(await sender.pack(content, bob.id), change));
    expect(of?.toString()).toBe(expected);
  });
});

describe('the time', () => {
  test('of the envelope is that of the content, if nothing else is said', async () => {
    const written = TextContent.create('Hello', { time: 1700000000 });
    expect(mapOf(await sender.pack(written, bob.id))['time']).toBe(1700000000);
    expect(mapOf(await sender.pack(written, bob.id, { time: 1700000060.5 }))['time']).toBe(1700000060.5);
  });

  test('is compared with that of the content', async () => {
    const content = TextContent.create('Hello', { time: 1700000000 });
    const late = await sender.pack(content, bob.id, { time: 1700000060.5 });
    const strict = await reader({ maxTimeDifference: 60 });
    expect((await (await reader()).unpack(late)).timeDifference).toBe(60.5);
    const fault = ['INPUT_CONFLICT', 'time', 'is too far from the time of the content'];
    expect(await faultOf(() => strict.unpack(late))).toEqual(fault);
    const tooEarly = await sender.pack(content, bob.id, { time: 1699999939.5 });
    expect(await faultOf(() => strict.unpack(tooEarly))).toEqual(fault);
    const early = await sender.pack(content, bob.id, { time: 1699999940 });
    expect((await strict.unpack(early)).timeDifference).toBe(-60);
    // Whoever takes a time away gains nothing by it.
    expect(await faultOf(() => strict.unpack(changed(early, { time: undefined })))).toEqual(fault);
    const timeless = await sender.pack(dim.Content.parse({ type: '1', sn: 7, text: 'Hello' }), bob.id);
    expect(await faultOf(() => strict.unpack(timeless))).toEqual(fault);
    expect((await (await reader()).unpack(timeless)).timeDifference).toBeUndefined();
  });
});

describe('the private keys', () => {
  /** Bob's keys, as of a device that asks him each time one is used. */
  async function asking(...without: readonly string[]) {
    const asked: string[] = [];
    const { identity, decrypt: decryptKeys } = bob.keys;
    const named = [
      ['identity', identity],
      ...decryptKeys.map(({ terminal, key }) => [terminal, key] as const),
    ] as const;
    const keys = named.map(([name = '', key]): [string, DecryptKey] => {
      const { algorithm, fields, encryptKey } = key as DecryptKey;
      const decrypt = (bytes: Uint8Array) => {
        asked.push(name);
        return (key as DecryptKey).decrypt(bytes);
      };
      const sign = (bytes: Uint8Array) => identity.sign(bytes);
      return [
        name,
        { algorithm, fields, encryptKey, decrypt, toJSON: () => fields, ...(name === 'identity' && { sign }) },
      ];
    });
    const store = await storeOf(bob);
    const present = keys.filter(([name]) => !without.includes(name));
    const ring = {
      identity: present.find(([name]) => name === 'identity')?.[1] as unknown as PrivateKey | undefined,
      decrypt: present.filter(([name]) => name !== 'identity').map(([terminal, key]) => ({ terminal, key })),
    };
    store.commit([{ do: 'keep-keys', id: bob.id, keys: ring }]);
    return { asked, device: dim.messenger({ self: bob.id.at('phone'), store, replay: false }) };
  }

  test('are used until one fits, those of visas before the identity key', async () => {
    const { asked, device } = await asking();
    await device.unpack(plain);
    expect(asked).toEqual(['phone']);
    const { key } = mapOf(await sender.pack(hello, carol.id, { wireShape: '2.0' }));
    await errorOf(() => device.unpack(changed(plain, { keys: undefined, key })));
    expect(asked.slice(1)).toEqual(['phone', 'desktop', 'identity']);
  });

  test('may be missing', async () => {
    // This device is named, and has not the key: a key of the wrong device or visa was restored.
    const fault = ['CRYPTO_DECRYPT', '', 'the message does not decrypt'];
    expect(await faultOf(async () => (await asking('phone')).device.unpack(plain))).toEqual(fault);
    const none = ['MISSING_PRIVATE_KEY', '', 'no private key is known that decrypts for the user'];
    expect(await faultOf(async () => (await asking('identity', 'phone', 'desktop')).device.unpack(plain))).toEqual(
      none,
    );
  });
});

test('a message that another member sends on as if it were for others does not pass', async () => {
  // Bob has the key of the message: he can encrypt it for Carol, but not sign for Alice that she wrote to Carol.
  const opened = await (await reader()).unpack(proven);
  expect(opened.content.toMap()).toEqual(hello.toMap());
  const toCarol = await sender.pack(hello, carol.id);
  const sentOn = changed(proven, { receiver: carol.id.toString(), keys: mapOf(toCarol)['keys'] });
  const error = await errorOf(async () => (await messengerOf(carol)).unpack(sentOn));
  expect([error.code, error.path]).toEqual(['CRYPTO_VERIFY', 'envelope_proof']);
});
