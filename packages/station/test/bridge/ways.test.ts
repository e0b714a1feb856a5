/** Ways to other stations. */
import { expect, test } from '@jest/globals';
import { createDim, type ID } from 'dimp';
import { Ways } from '../../src/bridge/ways.ts';
import type { Link, OutgoingPayload } from '../../src/ports/link.ts';

const dim = createDim({ plugins: [] });
const station: ID = dim.ID.parse('station@anywhere');
const message = { bytes: new Uint8Array(10), signature: '' };
const LIMITS = { unansweredMessages: 3, unansweredBytes: 1000, messageBytes: 1000 };

interface TestLink extends Link {
  readonly sent: OutgoingPayload[];
}

function link(): TestLink {
  const sent: OutgoingPayload[] = [];
  const send = (payload: OutgoingPayload): void => void sent.push(payload);
  return { framing: 'mtp', host: '', port: 1, waitingBytes: 0, sent, send, close: () => undefined };
}

test('a message goes one way: over the own connection, or the newest of the others', () => {
  const ways = new Ways(LIMITS);
  const [old, young, own] = [link(), link(), link()];
  expect(ways.pass(message, station)).toBe('unreachable');
  ways.open(station, old, false);
  ways.open(station, young, false);
  ways.pass(message, station);
  ways.open(station, own, true);
  ways.pass(message, station);
  ways.close(own);
  ways.close(young);
  ways.pass(message, station);
  expect([old, young, own].map(({ sent }) => sent.length)).toEqual([1, 1, 1]);
  expect(ways.stations()).toHaveLength(1);
  ways.close(old);
  expect(ways.stations()).toHaveLength(0);
});

test('no more than a bounded number is on its way', async () => {
  const ways = new Ways(LIMITS);
  const one = link();
  ways.open(station, one, true);
  const passed = [1, 2, 3, 4].map(() => ways.pass(message, station));
  expect(passed).toEqual(['redirected', 'redirected', 'redirected', 'unreachable']);
  one.sent[0]?.acknowledged?.();
  await Promise.resolve();
  await Promise.resolve();
  expect(ways.pass(message, station)).toBe('redirected');
  expect(ways.pass({ ...message, bytes: new Uint8Array(999) }, station)).toBe('unreachable');
});

test('whoever waits is told whether the message is there', async () => {
  const ways = new Ways(LIMITS);
  const one = link();
  ways.open(station, one, true);
  const both = Promise.all([ways.send(message, station), ways.send(message, station)]);
  one.sent[0]?.acknowledged?.();
  expect(ways.close(one)?.equals(station)).toBe(true);
  expect(await both).toEqual([true, false]);
  expect(await ways.send(message, station)).toBe(false);
  expect(ways.close(one)).toBeUndefined();
});
