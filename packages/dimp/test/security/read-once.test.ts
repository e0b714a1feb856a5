/** A message is read once, whatever of it nobody signs is changed before it comes again. */
import { createCipheriv } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { TextContent } from '../../src/index.ts';
import { decodeBase64, encodeBase64, encodeUtf8 } from '../../src/extend.ts';
import type { DimError, ReliableMessage } from '../../src/index.ts';
import { alice, bob, carol, dim, group, storeOf } from '../world.ts';
import { encryptedBlock } from '../messaging/sealing.ts';

let first: ReliableMessage;
beforeAll(async () => {
  const sender = dim.messenger({ self: alice.id, store: await storeOf(alice) });
  first = (await sender.packMessage(TextContent.create('Hello', { group: group.id }), group.id)).message;
});

const again = async (reader: ReturnType<typeof dim.messenger>, message: object): Promise<string> =>
  reader.open(dim.ReliableMessage.parse(message)).then(
    () => 'read',
    (error: DimError) => error.code,
  );

/** The other signature that ECDSA has for the same message: `s` and the order of the curve less `s`. */
function withOtherS(signature: Uint8Array): string {
  const order = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141n;
  const r = signature.subarray(4, 4 + (signature[3] ?? 0));
  const s = order - BigInt(`0x${Buffer.from(signature.subarray(6 + r.length)).toString('hex')}`);
  const digits = s.toString(16).padStart(64, '0');
  const other = Buffer.from(parseInt(digits.slice(0, 2), 16) > 127 ? `00${digits}` : digits, 'hex');
  return encodeBase64(Uint8Array.of(0x30, 4 + r.length + other.length, 2, r.length, ...r, 2, other.length, ...other));
}

describe('what comes again is refused', () => {
  test.each<[string, () => object]>([
    ['as it was', () => ({})],
    ['at another time', () => ({ time: 1700000000 })],
    ['from another terminal', () => ({ sender: `${alice.id.toString()}/x` })],
    ['from the same address in other letters', () => ({ sender: alice.id.toString().toLowerCase() })],
    ['as a part for one member', () => ({ receiver: bob.id.toString(), group: group.id.toString() })],
    ['as a part that hides its group', () => ({ receiver: bob.id.toString() })],
    ['for another terminal', () => ({ receiver: `${bob.id.toString()}/desktop` })],
    ['with the other signature', () => ({ signature: withOtherS(first.signature) })],
    ['without its keys, which are known', () => ({ keys: {} })],
    ['with a hint', () => ({ hint: 1 })],
  ])('%s', async (_what, change) => {
    const store = await storeOf(bob);
    const reader = dim.messenger({ self: bob.id, store });
    expect(await again(reader, first.toMap())).toBe('read');
    expect(await again(reader, { ...first.toMap(), ...change() })).toBe('INPUT_REPLAY');
    const elsewhere = dim.messenger({ self: bob.id.at('desktop'), store });
    expect(await again(elsewhere, { ...first.toMap(), ...change() })).toBe('INPUT_REPLAY');
  });

  test('with another IV, which may change the first bytes of what others wrote: the serial number', async () => {
    const [key, iv] = [new Uint8Array(32).fill(7), new Uint8Array(16).fill(9)];
    const time = Math.floor(Date.now() / 1000);
    // As a client writes it that begins with the content itself.
    const content = encodeUtf8(`{"sn":1234567,"type":"1","time":${time},"text":"Hello"}`);
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    const data = new Uint8Array([...cipher.update(content), ...cipher.final()]);
    const keyText = JSON.stringify({ algorithm: 'AES', data: encodeBase64(key) });
    const written = {
      sender: alice.id.toString(),
      receiver: bob.id.toString(),
      time,
      IV: encodeBase64(iv),
      data: encodeBase64(data),
      signature: encodeBase64(await alice.keys.identity.sign(data)),
      keys: { [bob.id.toString()]: encodeBase64(encryptedBlock(bob.keys.identity, keyText)) },
    };
    const reader = dim.messenger({ self: bob.id, store: await storeOf(bob) });
    expect(await again(reader, written)).toBe('read');
    for (let bits = 1; bits < 8; bits++) {
      const other = decodeBase64(written.IV);
      other[7] = (other[7] ?? 0) ^ bits;
      expect(await again(reader, { ...written, IV: encodeBase64(other) })).toBe('INPUT_REPLAY');
    }
  });
});

test('each member reads it, over one store or several', async () => {
  const store = await storeOf(bob);
  await dim.addUser(store, carol);
  for (const user of [bob.id, carol.id]) {
    const reader = dim.messenger({ self: user, store });
    expect([await again(reader, first.toMap()), await again(reader, first.toMap())]).toEqual(['read', 'INPUT_REPLAY']);
  }
  const other = dim.messenger({ self: bob.id, store: await storeOf(bob) });
  expect(await again(other, first.toMap())).toBe('read');
});
