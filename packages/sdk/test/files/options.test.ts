import { describe, expect, test } from '@jest/globals';
import { FileContent } from 'dimp';
import { Files, httpFileService, silentLogger, type FilesOptions } from '../../src/index.ts';
import { TransferGate } from '../../src/files/transfer-gate.ts';
import { ManualClock } from './manual-clock.ts';
import { dim, errorIn, errorOf, inWorld, RecordingSink, self } from './world.ts';

const host = {
  dim,
  self,
  service: httpFileService(),
  clock: new ManualClock(),
  logger: silentLogger,
  signal: new AbortController().signal,
};

test.each<FilesOptions>([
  { maxSize: 0 },
  { maxSize: -1 },
  { maxSize: 1.5 },
  { transfers: 0 },
  { attempts: Number.NaN },
  { pause: Infinity },
  { patience: 0 },
  { patience: '5' as unknown as number },
  { failedFor: -1 },
])('an option that makes no sense is told: %j', (options) => {
  const error = errorIn(() => new Files(host, options));
  expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', Object.keys(options)[0]]);
});

test.each([undefined, null, {}, 'https://example.com', { fields: {} }])('what has no file is told: %j', (file) =>
  inWorld(async ({ files }) => {
    const sink = new RecordingSink();
    const error = await errorOf(() => files.downloadTo(file as unknown as FileContent, sink.writable));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'file']);
    expect(sink.end).toBe('aborted');
  }),
);

test('what is no sink is told', () =>
  inWorld(async ({ files }) => {
    const content = FileContent.create({ data: new Uint8Array(3) });
    const locked = new WritableStream<Uint8Array>();
    locked.getWriter();
    for (const sink of [locked, undefined, {}]) {
      const error = await errorOf(() => files.downloadTo(content, sink as WritableStream<Uint8Array>));
      expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'sink']);
    }
  }));

test('a key that cannot be used is told', () =>
  inWorld(async ({ files, server }) => {
    const url = server.put(new Uint8Array(32));
    const of = (key: Record<string, string>): Promise<unknown> =>
      errorOf(() => files.download(FileContent.create({ url, key })));
    expect(await of({ algorithm: 'ROT13' })).toMatchObject({ code: 'UNSUPPORTED_ALGORITHM' });
    expect(await of({ algorithm: 'AES', data: 'AAAA' })).toMatchObject({ code: 'INPUT_KEY' });
    expect(server.asked).toEqual([]);
  }));

describe('a gate', () => {
  test('lets so many pass, in order, and those in whose turn it is not give up', async () => {
    const gate = new TransferGate(2);
    const signal = new AbortController().signal;
    const log: string[] = [];
    const open: (() => void)[] = [];
    function pass(name: string, by: AbortSignal = signal): Promise<void> {
      return gate.pass(by, async () => {
        log.push(name);
        await new Promise<void>((resolve) => open.push(resolve));
        if (name === 'b') throw new Error('of b');
      });
    }
    const giveUp = new AbortController();
    const passes = [pass('a'), pass('b'), pass('c', giveUp.signal), pass('d'), pass('e')];
    const failed = passes.map((promise) => promise.catch((error: unknown) => error));
    await Promise.resolve();
    expect(log).toEqual(['a', 'b']);
    giveUp.abort('c gave up');
    expect(await failed[2]).toBe('c gave up');
    open[1]?.();
    expect(await failed[1]).toEqual(new Error('of b'));
    await Promise.resolve();
    expect(log).toEqual(['a', 'b', 'd']);
    for (let at = 0; at < 4; at++) {
      open[at]?.();
      await new Promise(setImmediate);
    }
    await Promise.all(failed);
    expect(log).toEqual(['a', 'b', 'd', 'e']);
  });
});
