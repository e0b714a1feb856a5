/** Whoever does not keep to the framing is given up, whatever it says it would send. */
import { allOf, firstOf, type Verdict } from '../report/verdict.ts';
import { areSame, bytesIn, hasEnded, isRefused } from './answers.ts';
import { watched, type ConnectionTrial, type Pair } from './connection-trial.ts';
import { bytesOf } from './framing.ts';

/** After so many seconds without a whole frame nobody waits any longer. */
const WITHIN = 400;
/** What is in no frame. */
const GARBAGE = 256 * 1024;

export async function checkViolations(trial: ConnectionTrial): Promise<void> {
  const { contract, samples } = trial;
  await contract.rule('ended', 'a frame that is longer than it may be ends the connection', async () =>
    firstOf([samples.payloadBytes + 1, 1024 ** 3, 2 ** 32 - 1], async (length) =>
      trial.with(async (pair) => {
        await pair.peer.send(trial.payload(0));
        await pair.peer.write(pair.framing.begin(length));
        return checkGivenUp(trial, pair);
      }),
    ),
  );
  await contract.rule('ended', 'what is in no frame ends the connection', async () =>
    trial.with(async (pair) => {
      await pair.peer.send(trial.payload(0));
      void pair.peer.write(bytesOf('\u{7f}'.repeat(GARBAGE)));
      return checkGivenUp(trial, pair);
    }),
  );
  await contract.rule('ended', 'a frame without end ends the connection', async () =>
    trial.with(async (pair) => {
      await pair.peer.send(trial.payload(0));
      await pair.peer.write(pair.framing.begin(samples.payloadBytes));
      return checkGivenUp(trial, pair, 'x');
    }),
  );
}

/** @param drop what comes each few seconds */
async function checkGivenUp(trial: ConnectionTrial, pair: Pair, drop = ''): Promise<Verdict> {
  const { connection, peer, clock } = pair;
  peer.answers = 'nothing';
  const sent = watched(connection.send(trial.payload(1)));
  const end = watched(connection.ended);
  for (let seconds = 0; seconds < WITHIN && end.state === 'pending'; seconds += 8) {
    if (drop !== '') await peer.write(bytesOf(drop));
    await clock.turn(8);
  }
  await trial.soon('the end', end.settled);
  await trial.soon('the end of send()', sent.settled);
  return allOf([
    hasEnded(await connection.ended, 'failed', 'silent'),
    areSame(bytesIn(await trial.readAll(pair)), [trial.payload(0)]),
    isRefused(sent, 'CONNECTION_LOST'),
  ]);
}
