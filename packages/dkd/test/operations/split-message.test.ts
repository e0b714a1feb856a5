/** Splitting a group's message: each member gets its own keys, and everything that is signed. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as dkd from '../../src/index.ts';
import { keyDigest } from '../../src/extend.ts';
import {
  ALICE,
  BOB,
  context,
  desktop,
  errorOf,
  fromAlice,
  GROUP,
  helloTo,
  keysOf,
  phone,
  recipient,
  seal,
  signKey,
  verifiedOf,
} from '../world.ts';

const CAROL = context.ID.create({ name: 'carol', address: BOB.address });
const content = helloTo(GROUP);
let whole: dkd.ReliableMessage;
let reused: dkd.ReliableMessage;
let messageKey: dkd.SymmetricKey;

beforeAll(async () => {
  const instant = fromAlice({ receiver: GROUP }, content);
  messageKey = await context.SymmetricKey.generate('AES');
  const recipients = [await recipient(BOB.at('phone'), phone), await recipient(BOB.at('desktop'), desktop)];
  const sealFor = async (to: dkd.EncryptOptions['recipients']) =>
    dkd.proveEnvelope(context, await seal(instant, { messageKey, recipients: to, nameKey: true }), signKey);
  whole = await sealFor([...recipients, await recipient(ALICE, desktop)]);
  reused = await sealFor('reused');
});

const partsOf = (message: dkd.ReliableMessage, members: readonly dkd.ID[], options = {}) =>
  dkd.splitMessage(context, message, members, options).map((part) => part.message);

describe('a part', () => {
  test('is addressed to its member, has the keys of all its terminals, and no other', () => {
    const [part] = partsOf(whole, [BOB.at('watch')]);
    expect(part?.toMap()).toEqual({
      ...whole.toMap(),
      receiver: BOB.toString(),
      group: GROUP.toString(),
      keys: { ...Object.fromEntries([...whole.keys].slice(0, 2)), digest: keyDigest(context, messageKey) },
    });
    expect([part?.receiver, part?.group, part?.keys.size]).toEqual([BOB, GROUP, 2]);
  });

  test('is read by its member, and its proof holds', async () => {
    for (const exposeGroup of [true, false]) {
      const [part] = partsOf(whole, [BOB], { exposeGroup });
      const verified = await verifiedOf(context.ReliableMessage.parse(part?.toMap()));
      expect([part?.group !== undefined, await dkd.verifyEnvelopeProof(context, verified)]).toEqual([
        exposeGroup,
        true,
      ]);
      const opened = await dkd.decryptMessage(context, verified, { receiver: BOB, privateKeys: keysOf(desktop) });
      expect(opened.message.content.toMap()).toEqual(content.toMap());
    }
  });

  test('is not there for whom the message brings no key', () => {
    expect(partsOf(whole, [CAROL, ALICE]).map((part) => part?.receiver.toString())).toEqual([
      undefined,
      ALICE.toString(),
    ]);
  });

  test('of a message that reuses its key is there for all', async () => {
    const [part] = partsOf(reused, [CAROL]);
    expect([part?.hasKey, part?.keyDigest]).toEqual([false, keyDigest(context, messageKey)]);
    const verified = await verifiedOf(context.ReliableMessage.parse(part));
    const opened = await dkd.decryptMessage(context, verified, { receiver: CAROL, reusedKeys: [messageKey] });
    expect(opened.message.content.toMap()).toEqual(content.toMap());
  });
});

test.each([
  ['a member that is a group', () => partsOf(whole, [BOB, GROUP]), 'members[1]'],
  ['a member that is everybody', () => partsOf(whole, [dkd.ANYONE]), 'members[0]'],
  ['a message to a person', () => partsOf(partsOf(whole, [BOB])[0] ?? whole, [BOB]), 'receiver'],
])('%s is refused', async (_what, split, path) => {
  expect(await errorOf(split)).toMatchObject({ code: 'USAGE_ARGUMENT', path });
});

test('however many names a message brings, only those of members are read, and few spellings of each', () => {
  let reads = 0;
  const { ID } = context;
  const tryParse = (input: unknown) => {
    reads++;
    return ID.tryParse(input);
  };
  const counting = { ...context, ID: { ...ID, tryParse } };
  const eth = context.ID.parse('0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359');
  const split = (names: readonly string[]) => {
    reads = 0;
    const keys = Object.fromEntries(names.map((name) => [name, 'AAAA']));
    const message = context.ReliableMessage.parse({ ...whole.toMap(), keys });
    return dkd.splitMessage(counting, message, [BOB, eth]).map((part) => part.message?.keys.size);
  };
  const many = (nameOf: (index: number) => string) => Array.from({ length: 1000 }, (_, index) => nameOf(index));
  const base = BOB.toString();
  expect([split(many((index) => `x${index}@${base.slice(base.indexOf('@') + 1)}`)), reads]).toEqual([
    [undefined, undefined],
    0,
  ]);
  expect([split(many((index) => `${base}/t${index}`)), reads]).toEqual([[1000, undefined], 0]);
  // Another letter case of an address is another spelling of it, or none.
  const cased = many((index) =>
    Array.from(base, (one, at) => ((index >> (at % 10)) & 1 && at > 5 ? swap(one) : one)).join(''),
  );
  split(cased);
  expect(reads).toBeLessThan(10);
  const lower = eth.toString().toLowerCase();
  expect(split([eth.toString(), lower, `${lower}/t1`, `0x${lower.slice(2).toUpperCase()}/t2`])).toEqual([undefined, 4]);
});

function swap(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}
