/** Connecting: it works, fails with an error, or is aborted; and what was begun is ended. */
import type { ByteStream, Connection } from 'dimsdk';
import { silentLogger } from 'dimsdk';
import { allOf, firstOf, verdict, type Verdict } from '../report/verdict.ts';
import { errorForm } from '../report/short-form.ts';
import { areSame, isRefused } from './answers.ts';
import { ContractClock } from './contract-clock.ts';
import { watched, type ConnectionTrial, type Watched } from './connection-trial.ts';
import { bytesOf } from './framing.ts';

/** An attempt, and the other side of it. */
interface Attempt {
  readonly connecting: Watched<Connection>;
  readonly line: Promise<ByteStream>;
  readonly controller: AbortController;
  readonly clock: ContractClock;
}

export async function checkConnecting(trial: ConnectionTrial): Promise<void> {
  const { contract } = trial;
  await contract.rule('connect', 'a signal that is aborted before is the reason that it fails with', async () =>
    checkReason(trial, await attempt(trial, new Error('not now'))),
  );
  await contract.rule('connect', 'once there is a connection, the signal does nothing to it', async () => {
    const controller = new AbortController();
    return trial.with(
      async ({ connection, peer }) => {
        controller.abort();
        const sent = watched(connection.send(trial.payload(0)));
        await trial.soon('the end of send()', sent.settled);
        return allOf([
          verdict(sent.state === 'fulfilled', 'a send that is done', errorForm(sent.error)),
          areSame(peer.received, [trial.payload(0)]),
        ]);
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
  await contract.rule('connect', 'it can be aborted while the other side has not answered', async () => {
    const begun = await attempt(trial);
    const line = await trial.soon('a line', begun.line);
    await trial.soon('a handshake', line.read());
    begun.controller.abort(new Error('not now'));
    return checkReason(trial, begun, line);
  });
  await contract.rule('connect', 'it fails with CONNECTION_FAILED where the other side never answers', async () => {
    const begun = await attempt(trial);
    const line = await trial.soon('a line', begun.line);
    for (let seconds = 0; seconds < 400; seconds += 8) await begun.clock.turn(8);
    return checkFailed(trial, begun, line);
  });
  const answer = await trial.soon('an answer', greetingOf(trial));
  await contract.rule(
    'connect',
    'it fails with CONNECTION_FAILED where the answer is cut off after any byte',
    async () =>
      firstOf(
        Array.from({ length: answer.length }, (_each, index) => index),
        async (cut) => {
          const begun = await attempt(trial);
          const line = await trial.soon('a line', begun.line);
          const whole = await greet(trial, line);
          await line.write(whole.subarray(0, cut));
          await line.close();
          return checkFailed(trial, begun, line);
        },
      ),
  );
  await contract.rule('connect', 'it fails with CONNECTION_FAILED where the answer is another one', async () =>
    firstOf(WRONG_ANSWERS, async (wrong) => {
      const begun = await attempt(trial);
      const line = await trial.soon('a line', begun.line);
      await greet(trial, line);
      await line.write(bytesOf(wrong)).catch(() => undefined);
      return checkFailed(trial, begun, line);
    }),
  );
}

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

async function attempt(trial: ConnectionTrial, reason?: Error): Promise<Attempt> {
  const clock = new ContractClock();
  const controller = new AbortController();
  if (reason !== undefined) controller.abort(reason);
  const opened = await trial.samples.open({ clock, logger: silentLogger, signal: controller.signal });
  // Without an attempt there may never be another side.
  opened.line.catch(() => undefined);
  return { connecting: watched(opened.connection), line: opened.line, controller, clock };
}

/** What the peer would answer to the handshake that comes. */
async function greet(trial: ConnectionTrial, line: ByteStream): Promise<Uint8Array> {
  const framing = trial.framing();
  for (;;) {
    const piece = await trial.soon('a handshake', line.read());
    if (piece === undefined) throw new Error('the line ends before the handshake');
    const answer = await framing.greet(piece);
    if (answer !== undefined) return answer;
  }
}

async function greetingOf(trial: ConnectionTrial): Promise<Uint8Array> {
  const begun = await attempt(trial);
  const line = await begun.line;
  const answer = await greet(trial, line);
  line.destroy();
  await begun.connecting.settled;
  return answer;
}

async function checkReason(
  trial: ConnectionTrial,
  { connecting, controller }: Attempt,
  line?: ByteStream,
): Promise<Verdict> {
  await trial.soon('the end of connect()', connecting.settled);
  line?.destroy();
  await connecting.value?.close();
  return verdict(
    connecting.state === 'rejected' && connecting.error === controller.signal.reason,
    'the reason of the signal',
    connecting.state === 'rejected' ? errorForm(connecting.error) : 'a connection',
  );
}

async function checkFailed(trial: ConnectionTrial, { connecting }: Attempt, line: ByteStream): Promise<Verdict> {
  await trial.soon('the end of connect()', connecting.settled);
  line.destroy();
  await connecting.value?.close();
  return isRefused(connecting, 'CONNECTION_FAILED');
}
