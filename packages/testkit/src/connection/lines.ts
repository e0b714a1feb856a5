/** However the bytes come: in pieces, glued, or cut off anywhere. */
import type { ByteStream } from 'dimsdk/extend';
import { allOf, firstOf, verdict, type Verdict } from '../report/verdict.ts';
import { areSame, bytesIn, hasEnded, isDone, isRefused } from './answers.ts';
import { watched, type ConnectionTrial, type Pair } from './connection-trial.ts';
import { glued } from './framing.ts';

/** A line that does some things otherwise. */
export function changedLine(line: ByteStream, changes: Partial<ByteStream>): ByteStream {
  return {
    name: line.name,
    read: async () => line.read(),
    write: async (bytes) => line.write(bytes),
    close: async () => line.close(),
    destroy: () => line.destroy(),
    ...changes,
  };
}

/** What is written comes in pieces of so many bytes. */
function inPieces(line: ByteStream, size: number): ByteStream {
  const write = async (bytes: Uint8Array): Promise<void> => {
    for (let index = 0; index < bytes.length; index += size) await line.write(bytes.subarray(index, index + size));
  };
  return changedLine(line, { write });
}

/** Bytes come in pieces that have nothing to do with frames. */
export async function checkPieces(trial: ConnectionTrial): Promise<void> {
  const { contract } = trial;
  const payloads = [64, 200, 5, 126].map((size, number) => trial.payload(number, size));
  for (const size of [1, 3, 17])
    await contract.rule('incoming', `payloads are the same where bytes come in pieces of ${size}`, async () =>
      trial.with(
        async (pair) => {
          void pair.peer.send(...payloads);
          const first = areSame(bytesIn(await trial.read(pair, payloads.length)), payloads);
          const sent = watched(pair.connection.send(trial.payload(9)));
          await trial.soon('the end of send()', sent.settled);
          return allOf([first, isDone(sent, 'a send that is done')]);
        },
        (line) => inPieces(line, size),
      ),
    );
  await contract.rule('incoming', 'payloads are the same where all bytes come at once', async () =>
    trial.with(async (pair) => {
      const { peer, framing } = pair;
      const question = framing.question();
      await peer.write(glued(question, ...payloads.map((payload) => framing.frame(payload)), question));
      return areSame(bytesIn(await trial.read(pair, payloads.length)), payloads);
    }),
  );
}

/** What the peer says in a session that is cut somewhere. */
interface Session {
  readonly bytes: Uint8Array;
  /** Where the answer to what was sent ends. */
  readonly answered: number;
  /** Where each payload ends. */
  readonly ends: readonly number[];
}

/** A line may end, or break, after any byte of a session. */
export async function checkCuts(trial: ConnectionTrial): Promise<void> {
  const payloads = [trial.payload(0, 8), trial.payload(1, 130)];
  const length = await trial.contract.obtain('connect', 'there is a session', async () =>
    trial.with(async (pair) => (await sessionOf(trial, pair, payloads)).bytes.length),
  );
  if (length === undefined) return;
  const cuts = Array.from({ length: length + 1 }, (_each, index) => index);
  for (const how of ['ends', 'breaks'] as const)
    await trial.contract.rule(
      'ended',
      `where the line ${how} after any byte, what was whole is given out, and no more is taken for answered`,
      async () =>
        firstOf(cuts, async (cut) =>
          trial.with(async (pair) => {
            const found = await checkCut(trial, pair, payloads, cut, how);
            return found === true ? true : { ...found, received: `${found.received}, after ${cut} bytes` };
          }),
        ),
    );
}

async function checkCut(
  trial: ConnectionTrial,
  pair: Pair,
  payloads: readonly Uint8Array[],
  cut: number,
  how: 'ends' | 'breaks',
): Promise<Verdict> {
  const { connection, peer } = pair;
  const { bytes, answered, ends, sent } = await sessionOf(trial, pair, payloads);
  await peer.write(bytes.subarray(0, cut));
  if (how === 'ends') await peer.end();
  else peer.cut();
  const end = await trial.soon('the end', connection.ended);
  await trial.soon('the end of send()', sent.settled);
  const given = bytesIn(await trial.readAll(pair));
  const whole = payloads.slice(0, ends.filter((index) => index <= cut).length);
  if (how === 'breaks') {
    // What was on its way may be gone with the line.
    const isAnswered = sent.state === 'fulfilled' && cut < answered;
    return allOf([
      hasEnded(end, 'failed', 'ended'),
      verdict(given.length <= whole.length, `${whole.length} payloads at most`, `${given.length} payloads`),
      areSame(given, whole.slice(0, given.length)),
      verdict(!isAnswered, 'a send that is not done', 'one that is'),
    ]);
  }
  return allOf([
    hasEnded(end, 'ended', 'failed'),
    areSame(given, whole),
    cut < answered ? isRefused(sent, 'CONNECTION_LOST') : isDone(sent, 'a send that is done'),
  ]);
}

/** A payload of the connection, what the peer answers to it, and two of its own. */
async function sessionOf(
  trial: ConnectionTrial,
  { connection, peer, framing }: Pair,
  payloads: readonly Uint8Array[],
): Promise<Session & { readonly sent: ReturnType<typeof watched> }> {
  peer.answers = 'nothing';
  const sent = watched(connection.send(trial.payload(9)));
  const answers: Uint8Array[] = [];
  await trial.soon(
    'a payload',
    peer.until(() => {
      answers.push(...peer.takeAnswers());
      return peer.received.length > 0 && answers.length > 0;
    }),
  );
  let bytes = glued(...answers);
  const answered = bytes.length;
  const ends: number[] = [];
  for (const payload of payloads) {
    bytes = glued(bytes, framing.frame(payload));
    ends.push(bytes.length);
  }
  return { bytes, answered, ends, sent };
}
