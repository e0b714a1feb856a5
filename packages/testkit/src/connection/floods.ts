/** Whoever sends without end, and whoever takes nothing, fills no memory. */
import { allOf, verdict, type Verdict } from '../report/verdict.ts';
import { areSame, bytesIn, hasEnded, isRefused } from './answers.ts';
import { watched, type ConnectionTrial, type Pair } from './connection-trial.ts';
import { breathe } from './contract-clock.ts';
import { changedLine } from './lines.ts';

/** So many bytes that nobody reads may be taken from the network: in queues of the connection, and buffers of the system. */
const MOST_TAKEN = 192 * 1024 * 1024;
/** What is not taken in so many turns of the event loop is not taken. */
const TURNS = 100;
/** So many payloads are sent, again and again. */
const DIFFERENT = 16;
/** More than buffers of the system take. */
const STOPPED_BYTES = 24 * 1024 * 1024;

export async function checkFloods(trial: ConnectionTrial): Promise<void> {
  const { contract, samples } = trial;
  await contract.rule('incoming', 'where nobody reads, only so much is taken, and nothing of it is lost', async () =>
    trial.with(async (pair) => checkFlood(trial, pair)),
  );
  await contract.rule(
    'send',
    'whoever takes nothing of what it is sent is given up, and what was sent is lost',
    async () => {
      let isStopped = false;
      const never = new Promise<undefined>(() => undefined);
      return trial.with(
        async ({ connection, peer, clock }) => {
          await trial.soon('an answer', peer.roundTrip());
          isStopped = true;
          const count = Math.ceil(STOPPED_BYTES / samples.payloadBytes);
          const payload = trial.payload(0, samples.payloadBytes);
          const sends = Array.from({ length: count }, () => watched(connection.send(payload)));
          for (let seconds = 0; seconds < 400; seconds += 8) await clock.turn(8);
          const end = await trial.soon('the end', connection.ended);
          await trial.soon('the end of send()', Promise.all(sends.map(({ settled }) => settled)));
          return allOf([
            hasEnded(end, 'silent', 'failed'),
            ...sends.slice(-1).map((send) => isRefused(send, 'CONNECTION_LOST')),
          ]);
        },
        (line) => changedLine(line, { read: async () => (isStopped ? never : line.read()) }),
      );
    },
  );
}

/** Payloads without end: at some time the line takes no more, or the connection ends. */
async function checkFlood(trial: ConnectionTrial, pair: Pair): Promise<Verdict> {
  const { connection, peer } = pair;
  const end = watched(connection.ended);
  const size = trial.samples.payloadBytes;
  // To make each anew would take most of the time.
  const payloads = Array.from({ length: DIFFERENT }, (_each, number) => trial.payload(number, size));
  const payload = (number: number): Uint8Array => payloads[number % DIFFERENT] ?? new Uint8Array(0);
  let count = 0;
  for (let isTaken = true; isTaken && end.state === 'pending' && count * size < MOST_TAKEN; count += 1)
    isTaken = await isSoon(peer.send(payload(count)));
  if (count * size >= MOST_TAKEN)
    return {
      expected: `no more than ${MOST_TAKEN} bytes that are taken and not read`,
      received: `${count * size} bytes`,
    };
  // Without a way to stop, to end it is the other one that bounds what waits.
  if (end.state !== 'pending') return hasEnded(await connection.ended, 'failed');
  const read = await trial.read(pair, count);
  return allOf([
    areSame(
      bytesIn(read),
      Array.from(read, (_each, number) => payload(number)),
    ),
    verdict(end.state === 'pending', 'a connection that goes on', 'its end'),
  ]);
}

/** Whether something happens without anything else. */
async function isSoon(promise: Promise<void>): Promise<boolean> {
  const watch = watched(promise);
  for (let turn = 0; turn < TURNS && watch.state === 'pending'; turn += 1) await breathe(1);
  return watch.state !== 'pending';
}
