/** Who ends where too much waits for all clients: it cannot be brought about that it is somebody else. */
import { expect, test } from '@jest/globals';
import { encodePacket } from 'dimsdk/internal';
import { MtpLink } from '../../src/link/mtp-link.ts';
import { bench, bytes, payload, type Bench, type BenchOptions } from './fake-socket.ts';

/** Links of one listener. The network takes what they are sent, and nobody acknowledges it. */
function listener(outgoingBytes: number): (options?: BenchOptions) => Bench<MtpLink> {
  let first: Bench<MtpLink> | undefined;
  return (options = {}) => {
    const limits = { outgoingBytes, payloadBytes: 4000 };
    const next = bench((socket, shared) => new MtpLink(socket, shared), limits, first?.shared, options);
    first ??= next;
    return next;
  };
}

function fill(it: Bench<MtpLink>, count: number, size = 1000): void {
  for (let index = 0; index < count; index += 1) it.link.send(payload('x'.repeat(size)));
  it.turn();
}

/** Says that one has come. Payloads of one listener are numbered, from 100 on. */
function acknowledge({ link }: Bench<MtpLink>, transaction: bigint): void {
  link.read(encodePacket({ type: 'message-response', transaction, body: bytes('OK') }));
}

test('of those with about as much, it is who lets something wait for longest, whatever else is acknowledged', () => {
  const open = listener(250_000);
  // The first turns the time on for all.
  const clock = open();
  const [old, young] = [open(), open()];
  fill(old, 100);
  clock.pass(10);
  fill(young, 100);
  clock.pass(10);
  for (let transaction = 101n; transaction < 110n; transaction += 1n) {
    acknowledge(old, transaction);
    fill(young, 5);
    clock.pass(1);
  }
  for (let count = 0; count < 100 && old.link.end === undefined && young.link.end === undefined; count += 1)
    fill(young, 1);
  expect([old.link.end, young.link.end]).toEqual(['slow', undefined]);
});

test('links of one user count together: one who is slow, and has little, outlives many full windows', () => {
  const open = listener(1_000_000);
  const bob = open();
  fill(bob, 100);
  bob.pass(20);
  const windows: Bench<MtpLink>[] = [];
  // They are younger than Bob, and acknowledge a little.
  for (let index = 0; index < 60; index += 1) {
    const one = open({ user: `helper ${index % 3}` });
    const number = BigInt(200 + index * 101);
    fill(one, 101);
    acknowledge(one, number);
    windows.push(one);
    bob.pass(1);
  }
  expect(bob.link.end).toBeUndefined();
  expect(bob.shared.waiting.bytes).toBeLessThanOrEqual(1_000_000);
  expect(windows.filter(({ link }) => link.end === 'slow').length).toBeGreaterThan(45);
});

test('so do those of an address over which nobody has logged in', () => {
  const open = listener(1_000_000);
  const stranger = open({ isStranger: true, host: '2001:db8:1::1' });
  fill(stranger, 50);
  stranger.pass(20);
  for (let index = 0; index < 60; index += 1) fill(open({ isStranger: true, host: `2001:db8:2:0:${index}::1` }), 50);
  expect(stranger.link.end).toBeUndefined();
});

test('of one user, a link with little goes on', () => {
  const open = listener(250_000);
  const little = open({ user: 'Bob' });
  fill(little, 5);
  little.pass(20);
  const many = [open({ user: 'Bob' }), open({ user: 'Bob' }), open({ user: 'Bob' })];
  for (const one of many) fill(one, 100);
  expect(little.link.end).toBeUndefined();
  expect(many.map(({ link }) => link.end)).toContain('slow');
});
