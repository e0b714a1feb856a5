/** What people type: passphrases, addresses, keys. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysOf } from '../../src/page/shortcuts.ts';
import { hashOf, readRoute, type Route } from '../../src/page/route.ts';
import { ownFile } from '../../src/page/trusted.ts';
import { addressIn } from '../../src/views/settings/address.ts';
import { askedPlaces } from '../../src/views/start/ask-words.tsx';
import { isFine, NO_PASSPHRASE, passphraseOf, wrongWith } from '../../src/views/start/passphrase-choice.tsx';

test('a passphrase is long enough and typed twice, or is left out on purpose', () => {
  assert.ok(!isFine(NO_PASSPHRASE));
  assert.notEqual(wrongWith({ first: 'short', second: 'short', isWithout: false }).first, undefined);
  assert.notEqual(wrongWith({ first: 'long enough', second: 'long enouhg', isWithout: false }).second, undefined);
  assert.ok(isFine({ first: 'long enough', second: 'long enough', isWithout: false }));
  // The same passphrase on another keyboard.
  assert.ok(isFine({ first: 'e\u0301cole des fées', second: 'école des fées', isWithout: false }));
  assert.equal(passphraseOf({ first: 'typed before', second: '', isWithout: true }), undefined);
});

test('three words are asked for, each once, in their order', () => {
  const turns = [0, 0, 0.999, 0.5];
  assert.deepEqual(
    askedPlaces(12, () => turns.shift() ?? 0),
    [0, 6, 11],
  );
  assert.deepEqual(
    askedPlaces(2, () => (turns.push(0), turns.length % 2) / 2),
    [0, 1],
  );
});

test('addresses are encrypted on the way, or of this machine', () => {
  assert.equal(addressIn(' wss://station.example/chat ', 'wss:'), 'wss://station.example/chat');
  assert.equal(addressIn('ws://127.0.0.1:9394', 'wss:'), 'ws://127.0.0.1:9394');
  assert.equal(addressIn('ws://localhost', 'wss:'), 'ws://localhost');
  const files = 'https://files.example/upload/{ID}/file';
  assert.equal(addressIn(files, 'https:'), files);
  for (const bad of [
    '',
    'station.example',
    'ws://station.example',
    'ws://127.0.0.1.example',
    'https://station.example',
  ])
    assert.equal(addressIn(bad, 'wss:'), undefined, bad);
  assert.equal(addressIn('wss://user:secret@station.example', 'wss:'), undefined);
  assert.equal(addressIn('javascript:alert(1)', 'https:'), undefined);
});

test('scripts are files below the page', () => {
  const page = 'https://example.com/chat/';
  assert.equal(ownFile('assets/worker.js', page), 'https://example.com/chat/assets/worker.js');
  for (const url of [
    'https://other.example/x.js',
    '/x.js',
    '../x.js',
    'data:text/javascript,1',
    'blob:https://example.com/1',
  ])
    assert.throws(() => ownFile(url, page), TypeError, url);
});

test('a shortcut is told from typing', () => {
  const key = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, key: 'L' };
  assert.equal(keysOf({ ...key, shiftKey: true }), 'shift+l');
  assert.equal(keysOf({ ...key, ctrlKey: true, shiftKey: true }), 'mod+shift+l');
});

test('each view has an address that leads to it', () => {
  const id = 'name@4WDfe3zZ4T7opFSi3iDAKiuTnUHjxmXekk/phone #%?';
  const routes: readonly Route[] = [
    ...(['list', 'new-group', 'search', 'people', 'me', 'settings'] as const).map((at) => ({ at })),
    ...(['talk', 'person', 'group'] as const).map((at) => ({ at, id })),
    ...(['add-contact', 'join-group'] as const).map((at) => ({ at, text: id })),
  ];
  for (const route of routes) assert.deepEqual(readRoute(hashOf(route)), route);
  assert.deepEqual(readRoute('#/nowhere'), { at: 'nowhere' });
  assert.deepEqual(readRoute('#/talk/%'), { at: 'nowhere' });
  assert.deepEqual(readRoute('#contact=0x1'), { at: 'add-contact', text: '#contact=0x1' });
});
