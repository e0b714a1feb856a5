import { expect, test } from '@jest/globals';
import type { IncomingPayload } from '../../src/ports/connection.ts';
import { nextTask } from 'dimp/internal';
import { batchesOf } from '../../src/session/batches.ts';

const MIB = 1024 * 1024;

test('what comes at the same time is one batch, and no batch has more than 256 payloads', async () => {
  expect(await sizesOf(payloads(600, 10))).toEqual([256, 256, 88]);
});

test('a batch has no more than 4 MiB, unless it is a single payload', async () => {
  expect(await sizesOf(payloads(6, 1.5 * MIB))).toEqual([2, 2, 2]);
  expect(await sizesOf(payloads(3, 5 * MIB))).toEqual([1, 1, 1]);
});

test('no more is taken from the source than the batch that is worked on, the next one and one payload', async () => {
  let taken = 0;
  const counted = async function* (): AsyncGenerator<IncomingPayload> {
    for (const one of payloads(2000, 10)) {
      taken++;
      yield one;
    }
  };
  const batches = batchesOf(counted());
  await batches.next();
  await nextTask();
  expect(taken).toBe(256 + 256 + 1);
  await batches.return(undefined);
});

test('what came before the source failed is a batch still', async () => {
  const failing = async function* (): AsyncGenerator<IncomingPayload> {
    yield* payloads(3, 10);
    throw new Error('the network is gone');
  };
  const batches = batchesOf(failing());
  expect((await batches.next()).value).toHaveLength(3);
  await expect(batches.next()).rejects.toThrow('the network is gone');
});

function payloads(count: number, bytes: number): readonly IncomingPayload[] {
  return Array.from({ length: count }, () => ({ bytes: new Uint8Array(bytes), acknowledge: () => undefined }));
}

async function sizesOf(all: readonly IncomingPayload[]): Promise<readonly number[]> {
  const sizes: number[] = [];
  const source = async function* (): AsyncGenerator<IncomingPayload> {
    yield* all;
  };
  for await (const batch of batchesOf(source())) sizes.push(batch.length);
  return sizes;
}
