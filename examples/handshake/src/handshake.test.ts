import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDim } from 'dimp';
import { assertContract, checkContent } from 'dimtestkit/contents';
import { standardPlugin } from 'dimplugins';
import { HandshakeCommand, handshakePlugin } from './handshake.ts';

const dim = createDim({ plugins: [standardPlugin(), handshakePlugin] });

test('the command meets what the core relies on', async () => {
  const samples = [HandshakeCommand.offer(), HandshakeCommand.ask('s'), HandshakeCommand.accepted()].map((command) =>
    command.toMap(),
  );
  assertContract(await checkContent(dim, 'handshake', samples));
});

test('states follow from title and session', () => {
  const states = [
    HandshakeCommand.offer(),
    HandshakeCommand.offer('s'),
    HandshakeCommand.ask('s'),
    HandshakeCommand.accepted(),
  ];
  assert.deepEqual(
    states.map(({ state }) => state),
    ['start', 'restart', 'again', 'success'],
  );
});

test('it is read under its old name too, and without the plugin it is still a command', () => {
  const map = { type: 136, sn: 1, time: 1700000000, cmd: 'handshake', title: 'DIM?', session: 's' };
  const command = dim.Content.parse(map);
  assert.ok(command.kind === 'handshake' && command.state === 'again');
  assert.equal(createDim({ plugins: [standardPlugin()] }).Content.parse(map).kind, 'unknown-command');
});
