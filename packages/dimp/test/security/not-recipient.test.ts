/** Whom a message is for is told by the names that stand in the open, and by nothing that is encrypted. */
import { expect, test } from '@jest/globals';
import { encodeBase64 } from '../../src/extend.ts';
import { bob, carol, dim, errorOf, mallory, storeOf } from '../world.ts';
import { encryptedBlock, encryptedBlocks, padded, passwordText, sealed } from '../messaging/sealing.ts';

const CONTENT = '{"type":"1","sn":7,"time":1700000000,"text":"Hello"}';
const block = (text: string, faults = {}) => encodeBase64(encryptedBlock(bob.keys.identity, text, faults));

/** Ways in which an entry is of no use. */
const ENTRIES = (): readonly string[] => [
  block(passwordText(new Uint8Array(32))),
  block(passwordText(), { type: 1 }),
  block(passwordText(), { separator: 1 }),
  block('{}'),
  block('{"algorithm":"PLAIN"}'),
  encodeBase64(new Uint8Array(256)),
  'AAAA',
];

test.each<[string, readonly string[], string, string]>([
  ['for all terminals', [''], 'CRYPTO_DECRYPT', ''],
  ['for this terminal', ['/phone'], 'CRYPTO_DECRYPT', ''],
  ['for another device of the user', ['/tablet'], 'NOT_RECIPIENT', 'keys'],
  ['for a device with a key here, and another', ['/tablet', '/desktop'], 'CRYPTO_DECRYPT', ''],
])('%s: one answer, whatever is in it', async (_what, names, code, path) => {
  const reader = dim.messenger({ self: bob.id.at('phone'), store: await storeOf(bob), replay: false });
  const message = await sealed(undefined, encryptedBlocks(padded(CONTENT)));
  const shapes = new Set<string>();
  for (const entry of ENTRIES()) {
    const keys = Object.fromEntries(
      names.map((name, index) => [bob.id.toString() + name, index === 0 ? entry : 'AAAB']),
    );
    const error = await errorOf(() => reader.open(dim.ReliableMessage.parse({ ...message.toMap(), keys })));
    shapes.add(
      JSON.stringify([error.code, error.path, error.reason, error.message, error.missing, error.cause ?? null]),
    );
  }
  expect([...shapes].map((shape) => (JSON.parse(shape) as unknown[]).slice(0, 2))).toEqual([[code, path]]);
});

test('a message for others is not looked into: no key of ours is used', async () => {
  const store = await storeOf(bob);
  await dim.addContact(store, mallory);
  let used = 0;
  const key = bob.keys.decrypt[0]?.key;
  if (key === undefined) throw new Error('Bob has keys');
  const counting = {
    algorithm: key.algorithm,
    fields: key.fields,
    encryptKey: key.encryptKey,
    toJSON: () => key.fields,
    decrypt: (bytes: Uint8Array) => {
      used++;
      return key.decrypt(bytes);
    },
  };
  store.commit([{ do: 'keep-keys', id: bob.id, keys: { identity: bob.keys.identity, decrypt: [{ key: counting }] } }]);
  const reader = dim.messenger({ self: bob.id, store, replay: false });
  const message = await sealed(undefined, encryptedBlocks(padded(CONTENT)));
  const faults: string[] = [];
  for (const change of [
    { receiver: carol.id.toString() },
    { keys: { [carol.id.toString()]: block(passwordText()), [mallory.id.toString()]: 'AAAA' } },
  ])
    faults.push((await errorOf(() => reader.open(dim.ReliableMessage.parse({ ...message.toMap(), ...change })))).path);
  expect([faults, used]).toEqual([['receiver', 'keys'], 0]);
});
