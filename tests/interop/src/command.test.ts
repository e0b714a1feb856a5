/** What can be given to `pnpm interop`, and what is said of the rest. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testCommand } from 'runner/test-command';
import { INTEROP } from './command.ts';
import { NETWORK_PEER_NAMES, PEER_NAMES } from './peer-names.ts';
import { knownPeers } from './peers.ts';
import { checkOnly } from './row-names.ts';

const file = fileURLToPath(import.meta.url);

testCommand(INTEROP, new URL('./main.js', import.meta.url), [
  [['--peer', 'nope'], /^--peer: there is no peer "nope": python, .*, page$/],
  [
    ['--peer', 'python', '--peer', 'pithon-sdk'],
    /^--peer: there is no peer "pithon-sdk" \(did you mean python-sdk\?\)/,
  ],
  [['--seed', 'x'], /^--seed: "x" must be a number of zero or more$/],
  [['--count', '0.5'], /^--count: "0\.5" must be a whole number of zero or more$/],
  [['--program', 'nowhere-to-be-found --x'], /^--program: there is no program "nowhere-to-be-found"$/],
  [['--program', ''], /^--program: a program must be named$/],
  [['--python', 'nowhere-to-be-found'], /^--python: there is no program "nowhere-to-be-found"$/],
  [['--cache', file], /^--cache: .* is a file, and must be a folder$/],
  [['--seeds-file', '/nowhere/seeds.json'], /^--seeds-file: there is no folder .*nowhere to make it in$/],
  [['--seeds-file', file], /^--seeds-file: .*command\.test\.js is no list of seeds: /],
  [['python'], /^"python" is no option/],
]);

test('each peer that there is can be named', () => {
  const adapters = knownPeers({ latest: false, cache: '', python: '' }).map(({ name }) => name);
  assert.deepEqual([...adapters, ...NETWORK_PEER_NAMES], PEER_NAMES);
});

test('a part of names must be in that of a part or a row of those that are chosen', () => {
  for (const [only, adapters, networks] of [
    ['Random', true, []],
    ['Broadcast', true, []],
    ['Two stations', false, ['bridge']],
    ['a name card', false, ['page']],
    ['By hand', false, ['station']],
    ['two devices', false, ['network']],
    ['two devices', true, ['network']],
  ] as const)
    checkOnly(only, { adapters, networks });
  for (const [only, adapters, networks, said] of [
    [
      'Randum',
      true,
      [],
      /^no part or row of these peers has "Randum" in its name \(did you mean Random\?\); parts are /,
    ],
    ['Random', false, ['network', 'bridge'], /"Random" in its name; parts are Living network, Two stations$/],
    ['By hand', false, ['network'], /"By hand" in its name/],
  ] as const)
    assert.throws(() => checkOnly(only, { adapters, networks }), { name: 'UsageError', message: said });
});
