/** Connections that end wrongly, or do not end. */
import { DimError } from 'dimp';
import type { ConnectionEnd } from 'dimsdk';
import { checkEndings } from '../../src/connection/endings.ts';
import { checkFloods } from '../../src/connection/floods.ts';
import type { ConnectionSamples } from '../../src/connection/index.ts';
import { checkSilence } from '../../src/connection/silence.ts';
import { checkViolations } from '../../src/connection/violations.ts';
import { memoryMtp } from './transports-under-test.ts';
import { atSpeed, never, reading, sending, spoiled, type WrongConnection } from './spoiled-connections.ts';

const endingAs = (change: (end: ConnectionEnd) => ConnectionEnd): ConnectionSamples =>
  spoiled((connection) => ({ ended: connection.ended.then(change) }));

export const WRONG_ENDS: readonly WrongConnection[] = [
  [
    'was lost when it is closed',
    endingAs((end) =>
      end.reason === 'closed' ? { reason: 'failed', error: new DimError('CONNECTION_LOST', 'lost') } : end,
    ),
    checkEndings,
    "it ends the connection as 'closed', and what comes in",
  ],
  [
    'forgets what is on its way when it is closed',
    sending(async (inner, bytes) =>
      new Promise((resolve) => setTimeout(resolve, 20)).then(async () => inner.send(bytes)),
    ),
    checkEndings,
    'what was sent before goes out, and is answered',
  ],
  [
    'waits for ever for who does not answer',
    spoiled((connection) => {
      let last = Promise.resolve();
      return {
        send: async (bytes) => (last = connection.send(bytes)),
        close: async () => last.then(async () => connection.close()),
      };
    }),
    checkEndings,
    'it does not wait for long for who does not answer',
  ],
  [
    'forgets what was not read at its end',
    spoiled((connection) => {
      const inner = connection.incoming[Symbol.asyncIterator]();
      let isOver = false;
      void connection.ended.then(() => (isOver = true));
      return {
        incoming: {
          [Symbol.asyncIterator]: () => ({
            next: async () => (isOver ? { done: true, value: undefined } : inner.next()),
          }),
        },
      };
    }),
    checkEndings,
    "where the other side ends it, it is 'ended', and all that came before can be read",
  ],
  [
    'takes a broken line for its own end',
    endingAs(() => ({ reason: 'closed' })),
    checkEndings,
    "where the line breaks, it is 'failed' or 'ended'",
  ],
  [
    'ends another time when it is closed',
    spoiled((connection) => {
      let { ended } = connection;
      return {
        get ended() {
          return ended;
        },
        close: async () => {
          await connection.close();
          ended = Promise.resolve({ reason: 'closed' });
        },
      };
    }),
    checkEndings,
    'it settles once, and stays as it is',
  ],
  [
    'has sent what it was sending when it ended',
    sending(async (inner, bytes) => inner.send(bytes).catch(() => undefined)),
    checkEndings,
    'without an answer it is CONNECTION_LOST when the connection ends',
  ],
  [
    'waits for another connection after its end',
    spoiled((connection) => {
      let isOver = false;
      void connection.ended.then(() => (isOver = true));
      return { send: async (bytes) => (isOver ? never : connection.send(bytes)) };
    }),
    checkEndings,
    'after the end it is CONNECTION_LOST, and nothing is sent',
  ],
];

const SILENT = "a silent other side is asked within 24 seconds, and 'silent' within 160";

export const WRONG_SILENCES: readonly WrongConnection[] = [
  ['never gives up', atSpeed(0), checkSilence, SILENT],
  ['asks, and gives up late', atSpeed(0.5), checkSilence, SILENT],
  ['gives up early', atSpeed(1.5), checkSilence, SILENT],
  ['gives up, whoever answers', endingAfter(60), checkSilence, 'whoever answers when it is asked is kept'],
];

function endingAfter(seconds: number): ConnectionSamples {
  return {
    ...memoryMtp,
    patience: 0.2,
    open: async (options) => {
      const opened = await memoryMtp.open(options);
      const connection = await opened.connection;
      void options.clock.wait(seconds).then(async () => connection.close());
      return opened;
    },
  };
}

export const WRONG_VIOLATIONS: readonly WrongConnection[] = [
  [
    'waits for a frame of any length',
    atSpeed(
      0,
      reading((piece) => (piece.length === 16 ? new Uint8Array(1) : piece)),
    ),
    checkViolations,
    'a frame that is longer than it may be ends the connection',
  ],
  [
    'skips what is in no frame',
    atSpeed(
      0,
      reading((piece) => (piece[0] === 0x7f ? new Uint8Array(1) : piece)),
    ),
    checkViolations,
    'what is in no frame ends the connection',
  ],
  ['waits for ever for a frame to end', atSpeed(0), checkViolations, 'a frame without end ends the connection'],
];

export const WRONG_FLOODS: readonly WrongConnection[] = [
  [
    'takes all that comes',
    spoiled((connection) => {
      void (async () => {
        for await (const payload of connection.incoming) if (payload.bytes.length === 0) break;
      })();
      return { incoming: { [Symbol.asyncIterator]: () => ({ next: async () => never }) } };
    }),
    checkFloods,
    'where nobody reads, only so much is taken, and nothing of it is lost',
  ],
  [
    'waits for ever for who takes nothing',
    atSpeed(0),
    checkFloods,
    'whoever takes nothing of what it is sent is given up, and what was sent is lost',
  ],
];
