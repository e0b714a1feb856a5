/** What goes out of boxes to one terminal: in order, once, and no more at a time than its window lets through. */
import { expect, test } from '@jest/globals';
import { memoryEngine, type Box, type Mailbox, type StoredMessage } from '../../src/index.ts';
import { BoxStream } from '../../src/offline/box-stream.ts';
import { SendWindow } from '../../src/offline/send-window.ts';

const KIB = 1024;
const LIMITS = { messages: 100_000, bytes: 1024 * KIB * KIB };

/** A terminal that says that it has something when a test says so. */
class Terminal {
  readonly mailbox: Mailbox;
  readonly window = new SendWindow();
  /** On its way. */
  readonly open: { readonly box: Box; readonly message: StoredMessage; readonly acknowledged: () => void }[] = [];
  readonly received: string[] = [];
  readonly streams: readonly BoxStream[];
  most = { messages: 0, bytes: 0 };
  reads = 0;
  #kept = 0;

  constructor(...terminals: readonly string[]) {
    const { mailbox } = memoryEngine();
    this.mailbox = {
      ...mailbox,
      read: async (box, after, limits) => {
        this.reads += 1;
        return mailbox.read(box, after, limits);
      },
    };
    this.streams = terminals.map((terminal) => {
      const box = { user: 'user', terminal };
      const user = {
        send: (message: StoredMessage, acknowledged: () => void) => {
          this.open.push({ box, message, acknowledged });
          this.#note();
        },
        acknowledged: (of: Box, position: number) =>
          void this.mailbox.acknowledge([{ box: of, positions: [position] }]),
        failed: (error: unknown) => {
          throw error;
        },
      };
      return new BoxStream(box, this.mailbox, user, this.window);
    });
  }

  /** Keeps messages of sizes, and tells the streams as a station does. */
  async keep(terminal: string, ...sizes: readonly number[]): Promise<void> {
    for (const size of sizes) {
      const bytes = new Uint8Array(size);
      const posting = {
        boxes: [{ user: 'user', terminal }],
        sender: 'sender',
        bytes,
        mark: `${(this.#kept += 1)}`,
        keptAt: 1,
      };
      const [[outcome] = []] = await this.mailbox.append([posting], LIMITS);
      if (outcome?.is !== 'kept') throw new Error('it is not kept');
      for (const stream of this.streams)
        if (stream.box.terminal === terminal) stream.added({ position: outcome.position, bytes, keptAt: 1 });
    }
  }

  start(): void {
    for (const stream of this.streams) stream.start();
  }

  /** Takes what comes, one after the other, until nothing comes any more. */
  async takeAll(): Promise<void> {
    for (let quiet = 0; quiet < 20; quiet += 1) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      const next = this.open.shift();
      if (next === undefined) continue;
      this.received.push(`${next.box.terminal}${next.message.position}`);
      next.acknowledged();
      quiet = 0;
    }
  }

  async settled(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  #note(): void {
    const bytes = this.open.reduce((sum, { message }) => sum + message.bytes.length, 0);
    const messages = this.open.length;
    this.most = { messages: Math.max(messages, this.most.messages), bytes: Math.max(bytes, this.most.bytes) };
  }
}

test('what waits goes out in order and once, 64 at a time', async () => {
  const terminal = new Terminal('a');
  await terminal.keep('a', ...Array.from({ length: 300 }, () => 10));
  terminal.start();
  await terminal.settled();
  expect(terminal.open).toHaveLength(64);
  const later = terminal.keep('a', ...Array.from({ length: 50 }, () => 10));
  await terminal.takeAll();
  await later;
  await terminal.takeAll();
  expect(terminal.received).toEqual(Array.from({ length: 350 }, (_, index) => `a${index + 1}`));
  expect(terminal.most.messages).toBe(64);
  expect((await terminal.mailbox.total()).messages).toBe(0);
});

test('two boxes of a terminal share a window, in bytes too', async () => {
  const terminal = new Terminal('a', '');
  for (let index = 0; index < 20; index += 1) {
    await terminal.keep('a', 50 * KIB);
    await terminal.keep('', 50 * KIB);
  }
  terminal.start();
  await terminal.takeAll();
  expect(terminal.most.bytes).toBeLessThanOrEqual(256 * KIB);
  const numbers = (name: string): readonly string[] => terminal.received.filter((each) => each.startsWith(name));
  expect(numbers('a')).toEqual(Array.from({ length: 20 }, (_, index) => `a${2 * index + 1}`));
  expect(terminal.received).toHaveLength(40);
});

test('a message that is larger goes alone, and is not read again and again while it waits', async () => {
  const terminal = new Terminal('a', '');
  const small = Array.from({ length: 30 }, () => 10);
  await terminal.keep('a', ...small, 4000 * KIB, ...small);
  await terminal.keep('', 3000 * KIB, 10);
  terminal.start();
  await terminal.takeAll();
  expect(terminal.received).toHaveLength(63);
  expect(terminal.most.bytes).toBe(4000 * KIB);
  expect(terminal.reads).toBeLessThan(30);
});

test('what comes while it is full goes out when there is room; who stops and starts gets the rest', async () => {
  const terminal = new Terminal('a');
  terminal.start();
  await terminal.settled();
  await terminal.keep('a', ...Array.from({ length: 100 }, () => 10));
  expect(terminal.open).toHaveLength(64);
  for (const stream of terminal.streams) stream.stop();
  await terminal.takeAll();
  expect(terminal.received).toHaveLength(64);
  terminal.start();
  await terminal.takeAll();
  expect(terminal.received).toEqual(Array.from({ length: 100 }, (_, index) => `a${index + 1}`));
});
