import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { encodeUtf8 } from '../../src/extend.ts';
import { ALICE, BOB, context } from '../world.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const HELD = 10_000;
/** Times the bytes on the wire: JSON.parse alone takes 1.1 of them. */
const MOST = 1.6;

test('a message that waits takes little more memory than its bytes, an envelope much less', () => {
  const bytes = encodeUtf8(
    JSON.stringify({
      sender: ALICE.toString(),
      receiver: BOB.toString(),
      time: 1_700_000_000,
      data: 'AAAA'.repeat(170),
      signature: 'AAAA'.repeat(43),
    }),
  );
  const perMessage = heldBy(() => Array.from({ length: HELD }, () => context.ReliableMessage.decode(bytes))) / HELD;
  expect(perMessage / bytes.length).toBeLessThan(MOST);
  const perEnvelope = heldBy(() => Array.from({ length: HELD }, () => context.Envelope.decode(bytes))) / HELD;
  expect(perEnvelope / bytes.length).toBeLessThan(0.5);
});

test('bytes that are asked for are decoded for the one who asks', () => {
  const message = context.ReliableMessage.parse({
    sender: ALICE.toString(),
    receiver: BOB.toString(),
    data: 'AQID',
    signature: 'BAUG',
  });
  message.dataBytes.fill(0);
  message.signature.fill(0);
  expect([message.dataBytes, message.signature]).toEqual([Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)]);
});

function heldBy(make: () => unknown): number {
  const before = memoryInUse();
  const held = make();
  const after = memoryInUse();
  // Whatever was made lives until here.
  expect(held).toBeDefined();
  return after - before;
}

function memoryInUse(): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
