/** Connecting: it works, fails with an error, or is aborted; and what was begun is ended. */
import type { Connection } from 'dimsdk';
import type { ByteStream } from 'dimsdk/extend';
import { silentLogger } from 'dimsdk';
import { allOf, firstOf, verdict, type Verdict } from '../report/verdict.ts';
import { errorForm } from '../report/short-form.ts';
import { areSame, isDone, isRefused } from './answers.ts';
import { ContractClock } from './contract-clock.ts';
import { watched, type ConnectionTrial, type Watched } from './connection-trial.ts';
import { bytesOf } from './framing.ts';

/** An attempt, and the other side of it. */
interface Attempt {
  readonly connecting: Watched<Connection>;
  /** Once there is one. */
  line(): Promise<ByteStream>;
  readonly controller: AbortController;
  readonly clock: ContractClock;
}

export async function checkConnecting(trial: ConnectionTrial): Promise<void> {
  const { contract } = trial;
  await contract.rule('connect', 'a signal that is aborted before is the reason that it fails with', async () =>
    attempting(trial, async (attempt) => hasReason(trial, attempt), new Error('not now')),
  );
  await contract.rule('connect', 'once there is a connection, the signal does nothing to it', async () => {
    const controller = new AbortController();
    return trial.with(
      async ({ connection, peer }) => {
        controller.abort();
        await trial.soon('an answer', peer.roundTrip());
        const sent = watched(connection.send(trial.payload(0)));
        await trial.soon('the end of send()', sent.settled);
        return allOf([isDone(sent, 'a send that is done'), areSame(peer.received, [trial.payload(0)])]);
      },
      undefined,
      controller.signal,
    );
  });
  if (trial.framing().isGreeting) await checkGreetings(trial);
}

/** There is no connection before the other side has answered. */
async function checkGreetings(trial: ConnectionTrial): Promise<void> {
  const { contract } = trial;
  await contract.rule('connect', 'it can be aborted while the other side has not answered', async () =>
    attempting(trial, async (attempt) => {
      await greet(trial, await attempt.line());
      attempt.controller.abort(new Error('not now'));
      return hasReason(trial, attempt);
    }),
  );
  await contract.rule('connect', 'it fails with CONNECTION_FAILED where the other side never answers', async () =>
    attempting(trial, async (attempt) => {
      await attempt.line();
      for (let seconds = 0; seconds < PATIENCE; seconds += 8) await attempt.clock.turn(8);
      return hasFailed(trial, attempt);
    }),
  );
  const answer = await contract.obtain('connect', 'there is a handshake', async () =>
    attempting(trial, async (attempt) => greet(trial, await attempt.line())),
  );
  if (answer === undefined) return;
  await contract.rule(
    'connect',
    'it fails with CONNECTION_FAILED where the answer is cut off after any byte',
    async () =>
      firstOf(
        Array.from({ length: answer.length }, (_each, index) => index),
        async (cut) =>
          attempting(trial, async (attempt) => {
            const line = await attempt.line();
            await line.write((await greet(trial, line)).subarray(0, cut));
            await line.close();
            return hasFailed(trial, attempt);
          }),
      ),
  );
  await contract.rule('connect', 'it fails with CONNECTION_FAILED where the answer is another one', async () =>
    firstOf(WRONG_ANSWERS, async (wrong) =>
      attempting(trial, async (attempt) => {
        const line = await attempt.line();
        await greet(trial, line);
        await line.write(bytesOf(wrong)).catch(() => undefined);
        return hasFailed(trial, attempt);
      }),
    ),
  );
}

/** For so many seconds of the clock an attempt may last. */
const PATIENCE = 400;

const SWITCHING = 'HTTP/1.1 101 Switching Protocol\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n';
const WRONG_ANSWERS = [
  'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n',
  `${SWITCHING}\r\n`,
  `${SWITCHING}Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n`,
  '{"sender":"nobody"}\n\n',
  'DIM\u{41}\0\0\0\0\0\0\0\u{1}\0\0\0\u{4}PONG',
];

/** Makes an attempt, and ends whatever came of it. */
async function attempting<T>(
  trial: ConnectionTrial,
  use: (attempt: Attempt) => Promise<T>,
  aborted?: Error,
): Promise<T> {
  const clock = new ContractClock();
  const controller = new AbortController();
  if (aborted !== undefined) controller.abort(aborted);
  const opened = await trial.samples.open({ clock, logger: silentLogger, signal: controller.signal });
  let line: ByteStream | undefined;
  // Where nobody connects there is no other side.
  opened.line.then((there) => (line = there)).catch(() => undefined);
  const connecting = watched(opened.connection);
  try {
    return await use({
      connecting,
      line: async () => trial.soon('a line', opened.line),
      controller,
      clock,
    });
  } finally {
    controller.abort();
    line?.destroy();
    const { value } = connecting;
    if (value !== undefined) await trial.ending({ connection: value, clock });
  }
}

/** Waits for the handshake. @returns what is to be answered */
async function greet(trial: ConnectionTrial, line: ByteStream): Promise<Uint8Array> {
  const framing = trial.framing();
  for (;;) {
    const piece = await trial.soon('a handshake', line.read());
    if (piece === undefined) throw new Error('the line ends before the handshake');
    const answer = await framing.greet(piece);
    if (answer !== undefined) return answer;
  }
}

async function hasReason(trial: ConnectionTrial, { connecting, controller }: Attempt): Promise<Verdict> {
  await trial.soon('the end of connect()', connecting.settled);
  const { state, error } = connecting;
  return verdict(
    state === 'rejected' && error === controller.signal.reason,
    'the reason of the signal',
    state === 'rejected' ? errorForm(error) : 'a connection',
  );
}

async function hasFailed(trial: ConnectionTrial, { connecting }: Attempt): Promise<Verdict> {
  await trial.soon('the end of connect()', connecting.settled);
  return isRefused(connecting, 'CONNECTION_FAILED');
}
