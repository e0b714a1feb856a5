/** Connections that rely on how bytes come, and ones that do not know when there is a connection. */
import type { Connection } from 'dimsdk';
import { checkConnecting } from '../../src/connection/connecting.ts';
import { checkCuts, checkPieces } from '../../src/connection/lines.ts';
import {
  atSpeed,
  never,
  overStream,
  overWebSocket,
  reading,
  sending,
  type WrongConnection,
} from './spoiled-connections.ts';
import { memoryMtp } from './transports-under-test.ts';

/** Takes each piece for whole packets: of one that is not, something else is made. */
const inWholePieces = reading((piece) => (piece.length < 18 ? new Uint8Array(piece.length) : piece));

export const WRONG_LINES: readonly WrongConnection[] = [
  ...[1, 3, 17].map((size): WrongConnection => [
    'takes each piece for a whole',
    inWholePieces,
    checkPieces,
    `payloads are the same where bytes come in pieces of ${size}`,
  ]),
  [
    'takes the beginning of a piece alone',
    reading((piece) => piece.slice(0, 300)),
    checkPieces,
    'payloads are the same where all bytes come at once',
  ],
  ['writes nothing', sending(async () => never), checkCuts, 'there is a session'],
  [
    'gives out what is not whole',
    overStream((stream) => {
      let isOver = false;
      return {
        read: async () => {
          const piece = isOver ? undefined : await stream.read();
          if (piece !== undefined || isOver) return piece;
          isOver = true;
          return new Uint8Array(200);
        },
      };
    }),
    checkCuts,
    'where the line ends after any byte, what was whole is given out, and no more is taken for answered',
  ],
  [
    'has sent what it was sending when the line broke',
    sending(async (inner, bytes) => inner.send(bytes).catch(() => undefined)),
    checkCuts,
    'where the line breaks after any byte, what was whole is given out, and no more is taken for answered',
  ],
];

const nothing: Connection = {
  name: 'nothing',
  incoming: { [Symbol.asyncIterator]: () => ({ next: async () => never }) },
  ended: Promise.resolve({ reason: 'closed' }),
  send: async () => undefined,
  close: async () => undefined,
};

const eager = overWebSocket(undefined, async (connection) => {
  connection.catch(() => undefined);
  return nothing;
});
const untold = overWebSocket(undefined, async (connection) => connection.catch(async () => never));
const raw = overWebSocket(undefined, async (connection) =>
  connection.catch((error: unknown) => {
    throw (error as Error).cause;
  }),
);

export const WRONG_CONNECTING: readonly WrongConnection[] = [
  [
    'does not look at the signal',
    { ...memoryMtp, open: async (options) => memoryMtp.open({ ...options, signal: new AbortController().signal }) },
    checkConnecting,
    'a signal that is aborted before is the reason that it fails with',
  ],
  [
    'ends with the signal',
    {
      ...memoryMtp,
      patience: 0.2,
      open: async (options) => {
        const opened = await memoryMtp.open(options);
        options.signal.addEventListener('abort', () => void opened.connection.then(async (each) => each.close()));
        return opened;
      },
    },
    checkConnecting,
    'once there is a connection, the signal does nothing to it',
  ],
  [
    'does not say that it was aborted',
    untold,
    checkConnecting,
    'it can be aborted while the other side has not answered',
  ],
  [
    'tries for ever',
    atSpeed(0, overWebSocket()),
    checkConnecting,
    'it fails with CONNECTION_FAILED where the other side never answers',
  ],
  ['does not begin', { ...memoryMtp, framing: 'web-socket', patience: 0.2 }, checkConnecting, 'there is a handshake'],
  [
    'is there before the other side is',
    eager,
    checkConnecting,
    'it fails with CONNECTION_FAILED where the answer is cut off after any byte',
  ],
  [
    'fails with whatever it met',
    raw,
    checkConnecting,
    'it fails with CONNECTION_FAILED where the answer is another one',
  ],
];
