/** A file that libsodium and OpenSSL have written by what the documentation says, of recovery words that everybody knows. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { TextContent } from 'dimp';
import { importIdentity } from '../../src/index.ts';
import { userFromWords } from '../../src/words.ts';
import { nodeScrypt } from '../../src/node/scrypt.ts';
import { dim, visaAlgorithms } from '../people.ts';
import { WatchedStore } from '../store/with-vault/watched-store.ts';

const FILE = readFileSync(new URL('./identity-1.txt', import.meta.url), 'utf8');
const ABOUT = `${'abandon '.repeat(11)}about`;
const JUNK = `${'test '.repeat(11)}junk`;

test('files of version 1 are read, whoever wrote them', async () => {
  const store = new WatchedStore();
  const { user, contacts, refused } = await importIdentity(dim, store, FILE, {
    passphrase: 'correct horse battery staple',
    sealing: { scrypt: nodeScrypt },
  });
  const [same, friend] = [
    await userFromWords(dim, ABOUT, { name: 'Alice', visaAlgorithms }),
    await userFromWords(dim, JUNK, { name: 'Bob', visaAlgorithms }),
  ];
  expect([user.id.toString(), contacts.map(String), refused]).toEqual([same.id.toString(), [friend.id.toString()], []]);
  expect(user.keys.identity.fields).toEqual(same.keys.identity.fields);
  expect(user.visas.map(({ terminal, name }) => [terminal, name])).toEqual([['phone', 'Alice']]);

  // The key of the file opens what is written to the visa of the file.
  const others = new WatchedStore();
  await dim.addUser(others, friend);
  await dim.addContact(others, user);
  await dim.addContact(store, friend);
  const bytes = await dim.messenger({ self: friend.id, store: others }).pack(TextContent.create('Hi'), user.id);
  const { content } = await dim.messenger({ self: user.id.at('phone'), store }).unpack(bytes);
  expect(content.kind === 'text' && content.text).toBe('Hi');
});
