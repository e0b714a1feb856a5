import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as dkd from '../../src/index.ts';
import { encodeBase64, encodeUtf8 } from '../../src/extend.ts';
import {
  ALICE,
  BOB,
  brokenKey,
  context,
  desktop,
  errorOf,
  fromAlice,
  GROUP,
  helloTo,
  phone,
  recipient,
  seal,
  signKey,
  verifiedOf,
  verifyWith,
} from '../world.ts';

const content = helloTo();
const time = 1700000000.5;
const OTHER_GROUP = `other@${GROUP.address.toString()}`;

async function prove(receiver: dkd.ID, recipients: dkd.EncryptOptions['recipients']): Promise<dkd.ReliableMessage> {
  const messageKey = await context.SymmetricKey.generate('AES');
  return dkd.proveEnvelope(
    context,
    await seal(fromAlice({ receiver, time }, content), { messageKey, recipients }),
    signKey,
  );
}

/** Over the wire, with changes, to the answer. */
async function isProven(message: dkd.ReliableMessage, changes: object = {}): Promise<boolean> {
  const received = context.ReliableMessage.decode(encodeUtf8(JSON.stringify({ ...message.toMap(), ...changes })));
  return dkd.verifyEnvelopeProof(context, await verifiedOf(received));
}

let personal: dkd.ReliableMessage;
async function provePersonal(): Promise<void> {
  personal = await prove(BOB, [await recipient(BOB, phone)]);
}

describe('a proof', () => {
  beforeEach(provePersonal);

  test('of one message is verified once', async () => {
    const verified = await verifiedOf(personal);
    const verify = jest.spyOn(Object.getPrototypeOf(verified.verifiedBy) as { verify: () => unknown }, 'verify');
    for (let count = 0; count < 3; count++) expect(await dkd.verifyEnvelopeProof(context, verified)).toBe(true);
    expect(verify).toHaveBeenCalledTimes(1);
    verify.mockRestore();
  });

  test('holds over the wire, in long and short names, and old readers lose nothing by it', async () => {
    expect(await isProven(personal)).toBe(true);
    const short = context.ReliableMessage.decode(personal.encode({ shortNames: true }));
    expect(await dkd.verifyEnvelopeProof(context, await verifiedOf(short))).toBe(true);
    expect(Object.keys(personal.fields)).toEqual([
      'sender',
      'receiver',
      'time',
      'type',
      'IV',
      'data',
      'keys',
      'signature',
      'envelope_proof',
    ]);
    expect(Object.keys(personal.fields['envelope_proof'] as object)).toEqual(['signature']);
    expect(personal.envelopeProof).toEqual({
      signature: expect.any(Uint8Array),
      group: undefined,
      keyDigests: undefined,
    });
  });

  test.each([
    ['receiver', { receiver: ALICE.toString() }],
    ['group', { group: GROUP.toString() }],
    ['time', { time: time + 0.5 }],
    ['no time', { time: undefined }],
    ['type', { type: '78' }],
    ['no type', { type: undefined }],
    ['IV', { IV: Buffer.alloc(16).toString('base64') }],
    ['no IV', { IV: undefined }],
    ['keys', { keys: { [BOB.toString()]: 'AAAA' } }],
    ['no keys', { keys: undefined }],
    ['a key in the older form', { key: 'AAAA' }],
    ['no proof', { envelope_proof: undefined }],
  ])('does not hold with another %s', async (_name, changes) => {
    expect(await isProven(personal, changes)).toBe(false);
  });

  test("does not hold for another message or by another's key", async () => {
    const other = await prove(BOB, [await recipient(BOB, phone)]);
    expect(await isProven(personal, { envelope_proof: other.toMap()['envelope_proof'] })).toBe(false);
    const stranger = await context.PrivateKey.generate('ECC');
    const proven = await dkd.proveEnvelope(context, personal, stranger);
    expect(await isProven(proven)).toBe(false);
  });

  test('of a key that fails is an error, not a no', async () => {
    const fail = () => Promise.reject(new Error('no token'));
    const broken = { algorithm: 'BROKEN', sign: fail } as unknown as dkd.SignKey;
    const expected = { code: 'INTERNAL_PLUGIN', reason: 'the definition of BROKEN failed' };
    expect(await errorOf(() => dkd.proveEnvelope(context, personal, broken))).toMatchObject(expected);
    // Once for the meta, once for the message.
    const verified = await verifyWith(personal, [brokenKey(2)]);
    expect(await errorOf(() => verified !== false && dkd.verifyEnvelopeProof(context, verified))).toMatchObject(
      expected,
    );
  });
});

interface MessageMap {
  readonly sender: string;
  readonly receiver?: string | undefined;
  readonly group?: string;
  readonly time?: number | string | undefined;
  readonly type?: string | undefined;
  readonly IV?: string | undefined;
  readonly iv?: string;
  readonly data: string;
  readonly keys?: { readonly [id: string]: string } | undefined;
  readonly key?: string;
}

/** To whom a message goes, where that makes a difference to the statement. */
type Kind = 'ordinary' | 'broadcast' | 'group';

/** As docs/envelope-proof.md says it, from the map on the wire. */
function statementOf(map: MessageMap, kind: Kind): Buffer {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  const text = (value = '') => Buffer.from(value);
  const base64 = (value = '') => Buffer.from(value, 'base64');
  const field = (bytes: Uint8Array) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const double = Buffer.alloc(8);
  double.writeDoubleBE(Number(map.time));
  const { digest: _hint, ...keys } = map.keys ?? {};
  const digests = [...Object.values(keys), ...(map.key === undefined ? [] : [map.key])].map((key) =>
    sha256(base64(key)),
  );
  const fields = [
    text(map.sender),
    text(map.receiver ?? 'anyone@anywhere'),
    text(kind === 'group' ? '' : map.group),
    map.time === undefined ? Buffer.alloc(0) : double,
    text(map.type),
    base64(map.IV ?? map.iv),
    Buffer.concat(digests.sort((one, other) => Buffer.compare(one, other))),
    kind === 'broadcast' ? text(map.data) : base64(map.data),
  ];
  return Buffer.concat([Buffer.from('DIM envelope proof 1\0'), sha256(Buffer.concat(fields.map(field)))]);
}

/** Enough for two digests with the same first byte; in an order that is not theirs. */
const manyKeys = Object.fromEntries(
  Array.from({ length: 60 }, (_, at) => [`${BOB.toString()}/t${at}`, Buffer.from([at]).toString('base64')]),
);

const NONE = new Uint8Array();

describe('what is signed', () => {
  const MAP = {
    sender: ALICE.toString(),
    receiver: BOB.toString(),
    time,
    type: '77',
    IV: 'AQIDBA==',
    data: 'BQYHCA==',
    keys: { [BOB.toString()]: 'CQoL' },
    signature: 'AAAA',
  };

  test.each<[string, Partial<MessageMap>, Kind]>([
    ['a message to a person', {}, 'ordinary'],
    ['terminals', { sender: ALICE.at('a').toString(), receiver: BOB.at('b').toString() }, 'ordinary'],
    ['no receiver', { receiver: undefined, data: '{"text":"你好"}' }, 'broadcast'],
    ['a broadcast to a group', { receiver: 'all@everywhere', data: '{"text":"你好"}' }, 'broadcast'],
    ['an open group', { group: GROUP.toString() }, 'ordinary'],
    ['a message to a group', { receiver: GROUP.toString() }, 'group'],
    ['a message to a group that names it twice', { receiver: GROUP.toString(), group: GROUP.toString() }, 'group'],
    ['no time', { time: undefined }, 'ordinary'],
    ['a time as text', { time: '1700000000.25' }, 'ordinary'],
    ['no type', { type: undefined }, 'ordinary'],
    ['no IV', { IV: undefined }, 'ordinary'],
    ['the older iv', { IV: undefined, iv: 'DA0=' }, 'ordinary'],
    ['both', { iv: 'DA0=' }, 'ordinary'],
    ['no keys', { keys: undefined }, 'ordinary'],
    ['many keys', { keys: manyKeys }, 'ordinary'],
    ['the same key twice', { keys: { [BOB.toString()]: 'CQoL', [BOB.at('x').toString()]: 'CQoL' } }, 'ordinary'],
    ['a key in the older form', { keys: undefined, key: 'CQoL' }, 'ordinary'],
    ['keys in both forms', { key: 'DQ==' }, 'ordinary'],
    ['a hint of the key', { keys: { ...MAP.keys, digest: 'abc' } }, 'ordinary'],
    ['many keys of a group', { receiver: GROUP.toString(), keys: manyKeys }, 'group'],
  ])('%s', async (_what, changes, kind) => {
    const map = { ...MAP, ...changes };
    const message = context.ReliableMessage.parse(map);
    const proven = await dkd.proveEnvelope(context, message, signKey);
    const { signature } = proven.envelopeProof ?? { signature: new Uint8Array() };
    const statement = statementOf(map, kind);
    expect(statement).toHaveLength(53);
    expect(await signKey.publicKey.verify(statement, signature)).toBe(true);
    expect(proven.toMap()).toEqual({ ...message.toMap(), envelope_proof: expect.any(Object) });
    expect(proven.signature).toEqual(message.signature);
  });

  test('is the bytes, however they are written', async () => {
    const proven = await dkd.proveEnvelope(context, context.ReliableMessage.parse(MAP), signKey);
    const [line, uri] = ['BQYH\nCA==\n', 'data:;base64,AQIDBA=='];
    const changes = { IV: uri, iv: null, data: line, keys: { [BOB.toString()]: 'base64,CQoL' } };
    const other = context.ReliableMessage.parse({ ...proven.toMap(), ...changes });
    expect(await signKey.publicKey.verify(statementOf(MAP, 'ordinary'), other.envelopeProof?.signature ?? NONE)).toBe(
      true,
    );
    const again = await dkd.proveEnvelope(context, other, signKey);
    expect(await signKey.publicKey.verify(statementOf(MAP, 'ordinary'), again.envelopeProof?.signature ?? NONE)).toBe(
      true,
    );
  });

  test.each([
    [{ IV: 5 }, 'INPUT_TYPE', 'IV', 'must be text, not a number'],
    [{ IV: 'x' }, 'INPUT_FORMAT', 'IV', 'must be base64'],
    [{ IV: undefined, iv: 5 }, 'INPUT_TYPE', 'iv', 'must be text, not a number'],
    [{ IV: undefined, iv: 'x' }, 'INPUT_FORMAT', 'iv', 'must be base64'],
  ])('is never %j', async (changes, code, path, reason) => {
    expect(await errorOf(() => context.ReliableMessage.parse({ ...MAP, ...changes }))).toMatchObject({
      code,
      path,
      reason,
    });
  });
});

describe('the proof of a message to a group', () => {
  let toGroup: dkd.ReliableMessage;
  beforeEach(provePersonal);
  beforeEach(async () => {
    toGroup = await prove(GROUP, [await recipient(BOB, phone), await recipient(ALICE, desktop)]);
  });

  const keyOf = (member: dkd.ID) => ({ [member.toString()]: toGroup.keys.get(member.toString()) });

  test('brings along the group and the digests of all keys', () => {
    const digests = [...toGroup.keys.values()].map((key) =>
      createHash('sha256').update(Buffer.from(key, 'base64')).digest(),
    );
    const { signature, group, keyDigests } = toGroup.envelopeProof ?? {};
    expect(toGroup.fields['envelope_proof']).toEqual({
      signature: Buffer.from(signature ?? []).toString('base64'),
      receiver: GROUP.toString(),
      keys: Buffer.concat(digests.sort((one, other) => Buffer.compare(one, other))).toString('base64'),
    });
    expect([group, keyDigests]).toEqual([GROUP, expect.any(Uint8Array)]);
  });

  test('holds for the whole and for each part of it', async () => {
    for (const part of [
      {},
      { keys: keyOf(BOB) },
      { keys: keyOf(ALICE) },
      { keys: {} },
      { group: GROUP.toString() },
      { receiver: BOB.toString(), group: GROUP.toString(), keys: keyOf(BOB) },
      { receiver: BOB.toString(), keys: keyOf(BOB) },
    ]) {
      expect([part, await isProven(toGroup, part)]).toEqual([part, true]);
    }
  });

  test('holds with a reused key, and for no key then', async () => {
    const reused = await prove(GROUP, 'reused');
    expect(reused.fields['envelope_proof']).toMatchObject({ receiver: GROUP.toString(), keys: '' });
    expect(await isProven(reused)).toBe(true);
    expect(await isProven(reused, { receiver: BOB.toString() })).toBe(true);
    expect(await isProven(reused, { keys: keyOf(BOB) })).toBe(false);
  });

  test('holds for nothing that is no part of it', async () => {
    const foreignKey = personal.keys.get(BOB.toString());
    const { signature } = toGroup.toMap()['envelope_proof'] as { signature: string };
    for (const part of [
      { receiver: OTHER_GROUP },
      { group: OTHER_GROUP },
      { receiver: OTHER_GROUP, group: GROUP.toString() },
      { receiver: BOB.toString(), group: OTHER_GROUP, keys: keyOf(BOB) },
      { receiver: BOB.toString(), keys: { [BOB.toString()]: foreignKey } },
      { keys: { ...keyOf(BOB), extra: foreignKey } },
      { receiver: BOB.toString(), time: time + 1 },
      { receiver: BOB.toString(), envelope_proof: { signature } },
    ]) {
      expect([part, await isProven(toGroup, part)]).toEqual([part, false]);
    }
  });
});

describe('the proof of a broadcast', () => {
  test('is not that of a group', async () => {
    const instant = fromAlice({ receiver: dkd.EVERYONE, time }, content);
    const proven = await dkd.proveEnvelope(
      context,
      await dkd.signMessage(dkd.broadcastMessage(instant), signKey),
      signKey,
    );
    expect(Object.keys(proven.toMap()['envelope_proof'] as object)).toEqual(['signature']);
    expect(await isProven(proven)).toBe(true);
    expect(await isProven(proven, { time: time + 1 })).toBe(false);
  });

  test('cannot be made of that of a group, even where the data is text', async () => {
    const text = content.serialize();
    const map = { sender: ALICE.toString(), receiver: GROUP.toString(), data: encodeBase64(encodeUtf8(text)) };
    const signed = await dkd.signMessage(context.SecureMessage.parse(map), signKey);
    const proven = await dkd.proveEnvelope(context, signed, signKey);
    expect(await isProven(proven)).toBe(true);
    expect(await isProven(proven, { receiver: dkd.ANYONE.toString(), data: text })).toBe(false);
    expect(await isProven(proven, { receiver: dkd.EVERYONE.toString(), data: text })).toBe(false);
  });
});

test('an IV in another form is the same IV', async () => {
  await provePersonal();
  const data = personal.fields['IV'] as string;
  for (const IV of [`base64,${data}`, { algorithm: 'base64', data }])
    expect(await isProven(personal, { IV })).toBe(true);
  const IV = { algorithm: 'base64', data: 'AAAAAAAAAAAAAAAAAAAAAA==' };
  expect(await isProven(personal, { IV })).toBe(false);
});
