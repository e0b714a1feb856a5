import { expect, test } from '@jest/globals';
import { ANYONE, Envelope, EVERYONE, keyDirection } from '../../src/index.ts';
import { ALICE, BOB, GROUP } from '../world.ts';

test.each([
  ['no group: the receiver', BOB, undefined, BOB],
  ['no group: a group as the receiver', GROUP, undefined, GROUP],
  ['a broadcast group: the group', BOB, EVERYONE, EVERYONE],
  ['a broadcast receiver with an ordinary group: the receiver', ANYONE, GROUP, ANYONE],
  ['an ordinary receiver with an ordinary group: the group', BOB, GROUP, GROUP],
])('%s', (_name, receiver, group, destination) => {
  const direction = keyDirection(Envelope.create({ sender: ALICE, receiver, group }));
  expect([direction.sender, direction.destination]).toEqual([ALICE, destination]);
});
