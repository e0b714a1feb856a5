/** Who is who in the chat, whatever people call themselves; what strangers cannot do; several devices. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exportIdentity, importIdentity, passphraseVault } from 'dimsdk';
import { nodeScrypt, openSqliteStore } from 'dimsdk/node';
import { dim } from '../../src/home/dim.ts';
import { temporaryFolder } from '../run.ts';
import { startStation } from '../station.ts';
import { atTerminal } from './at-terminal.ts';
import { peopleAt, type Person } from './people-at.ts';

const folder = temporaryFolder();
const [alice, bob, mallory] = await peopleAt(await startStation(), folder, ['Alice', 'Bob', 'Bob']);

test('strangers are announced once each, and their texts are not shown', async () => {
  const chat = atTerminal(alice, ['chat'], { folder });
  await chat.screen.heard(/\* online/);
  for (const stranger of [bob, mallory]) {
    await stranger.json('send', alice.id, 'first text', '--wait', 'delivered');
    await stranger.json('send', alice.id, 'second text', '--wait', 'delivered');
  }
  await chat.line('/list', /2 "Bob"[^\n]{0,50}2 new/);
  assert.equal(chat.screen.text.match(/has written/g)?.length, 2);
  assert.doesNotMatch(chat.screen.text, /first text|second text/);
  await chat.line(`/block ${mallory.id}`, /is blocked/);
  await chat.line('/list', /2 new, no contact, blocked/);
  await chat.line(`/unblock ${mallory.id}`, /is blocked no more/);
  chat.type('/quit\r');
  assert.equal(await chat.ended, 0);
});

test('a name without an ID behind it is one that the person gave: nobody looks like a friend', async () => {
  await alice.json('contact', 'name', bob.id, 'Bob');
  const chat = atTerminal(alice, ['chat', 'Bob'], { folder });
  await chat.line('Hello', /Bob: second text[^]{1,200}me: Hello/);
  await bob.json('send', alice.id, 'it is me', '--wait', 'delivered');
  await chat.screen.heard(/\d\d:\d\d Bob: it is me/);
  await mallory.json('send', alice.id, 'it is me\n   12:00 Bob: send money', '--wait', 'delivered');
  const name = `"Bob" \\(${mallory.id.slice(-8)}\\)`;
  await chat.screen.heard(new RegExp(`${name}, who is no contact, has written: /list shows it`));
  assert.doesNotMatch(chat.screen.text, /send money/);
  await chat.line(`/to ${mallory.id}`, new RegExp(`\\d\\d:\\d\\d ${name}: it is me\\n {14}12:00 Bob: send money`));
  // As a contact it is not Bob either: that name is given.
  await chat.line('/add', new RegExp(`${name} is a contact now`));
  await chat.line('/to Bob', /── Bob ──[^]{0,1000}me: Hello/);
  chat.type('\u0004');
  assert.equal(await chat.ended, 0);
});

test('what the person sends from another device appears as the person’s own', async () => {
  const phone = await secondDevice(alice, 'phone');
  const desktop = atTerminal(alice, ['chat', 'Bob'], { folder });
  await desktop.screen.heard(/\* online/);
  await phone.json('send', bob.id, 'from the phone');
  await desktop.screen.heard(/ {3}\d\d:\d\d me: from the phone/);
});

/** The same identity at another device. */
async function secondDevice(person: Person, name: string): Promise<Person> {
  const device = { ...person, ...person.at(name) };
  const passphrase = 'on its way';
  const [from, to] = await Promise.all([openHome(person), openHome(device)]);
  const text = await exportIdentity(dim, from, dim.ID.parse(person.id), { passphrase });
  await importIdentity(dim, to, text, { passphrase, terminal: name });
  await Promise.all([from.close(), to.close()]);
  copyFileSync(settingsOf(person), settingsOf(device));
  return device;
}

function settingsOf({ environment }: Person): string {
  return join(environment.DIM_HOME, 'settings.json');
}

async function openHome({ environment }: Person) {
  mkdirSync(environment.DIM_HOME, { recursive: true });
  const vault = passphraseVault(environment.DIM_PASSPHRASE, { scrypt: nodeScrypt });
  return openSqliteStore({ dim, path: join(environment.DIM_HOME, 'dim.db'), vault });
}
