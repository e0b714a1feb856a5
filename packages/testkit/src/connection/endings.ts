/** How connections end: once, for a reason, and nobody waits any longer. */
import { allOf, isValue, verdict } from '../report/verdict.ts';
import { areSame, bytesIn, hasEnded, isDone, isRefused } from './answers.ts';
import { watched, type ConnectionTrial } from './connection-trial.ts';

export async function checkEndings(trial: ConnectionTrial): Promise<void> {
  await checkOwnEnd(trial);
  await checkOtherEnd(trial);
  await checkSendsAtTheEnd(trial);
}

async function checkOwnEnd(trial: ConnectionTrial): Promise<void> {
  const { contract } = trial;
  await contract.rule('close', "it ends the connection as 'closed', and what comes in", async () =>
    trial.with(async (pair) => {
      const end = await trial.ending(pair);
      await trial.soon(
        'the end of the line',
        pair.peer.until(() => pair.peer.isOver),
      );
      return allOf([hasEnded(end, 'closed'), areSame(bytesIn(await trial.readAll(pair)), [])]);
    }),
  );
  await contract.rule('close', 'what was sent before goes out, and is answered', async () =>
    trial.with(async (pair) => {
      const payloads = [0, 1, 2].map((number) => trial.payload(number));
      const sends = payloads.map((payload) => watched(pair.connection.send(payload)));
      const closed = pair.connection.close();
      await trial.soon('the end of close()', closed);
      return allOf([
        areSame(pair.peer.received, payloads),
        ...sends.map((send) => isDone(send, 'a send that is done')),
      ]);
    }),
  );
  await contract.rule('close', 'it does not wait for long for who does not answer', async () =>
    trial.with(async ({ connection, peer, clock }) => {
      peer.answers = 'nothing';
      const sent = watched(connection.send(trial.payload(0)));
      await trial.soon(
        'the payload',
        peer.until(() => peer.received.length === 1),
      );
      const closed = watched(connection.close());
      await clock.turn(10);
      await trial.soon('the end of close()', closed.settled);
      await trial.soon('the end of send()', sent.settled);
      return allOf([isDone(closed, 'a close() that is done'), isRefused(sent, 'CONNECTION_LOST')]);
    }),
  );
}

async function checkOtherEnd(trial: ConnectionTrial): Promise<void> {
  const { contract } = trial;
  const payloads = [0, 1, 2].map((number) => trial.payload(number));
  await contract.rule(
    'ended',
    "where the other side ends it, it is 'ended', and all that came before can be read",
    async () =>
      trial.with(async (pair) => {
        await pair.peer.send(...payloads);
        await pair.peer.end();
        const end = await trial.soon('the end', pair.connection.ended);
        return allOf([hasEnded(end, 'ended'), areSame(bytesIn(await trial.readAll(pair)), payloads)]);
      }),
  );
  await contract.rule('ended', "where the line breaks, it is 'failed' or 'ended'", async () =>
    trial.with(async (pair) => {
      await trial.soon('an answer', pair.peer.roundTrip());
      pair.peer.cut();
      const end = await trial.soon('the end', pair.connection.ended);
      return allOf([hasEnded(end, 'failed', 'ended'), areSame(bytesIn(await trial.readAll(pair)), [])]);
    }),
  );
  await contract.rule('ended', 'it settles once, and stays as it is', async () =>
    trial.with(async (pair) => {
      await pair.peer.end();
      const first = await trial.soon('the end', pair.connection.ended);
      const second = await trial.ending(pair);
      return isValue(second.reason, first.reason);
    }),
  );
}

async function checkSendsAtTheEnd(trial: ConnectionTrial): Promise<void> {
  const { contract } = trial;
  await contract.rule('send', 'without an answer it is CONNECTION_LOST when the connection ends', async () =>
    trial.with(async ({ connection, peer }) => {
      peer.answers = 'nothing';
      const sends = [0, 1].map((number) => watched(connection.send(trial.payload(number))));
      await trial.soon(
        'the payloads',
        peer.until(() => peer.received.length === 2),
      );
      await peer.end();
      await trial.soon('the end of send()', Promise.all(sends.map(({ settled }) => settled)));
      return allOf(sends.map((send) => isRefused(send, 'CONNECTION_LOST')));
    }),
  );
  await contract.rule('send', 'after the end it is CONNECTION_LOST, and nothing is sent', async () =>
    trial.with(async (pair) => {
      await trial.ending(pair);
      const sent = watched(pair.connection.send(trial.payload(0)));
      await trial.soon('the end of send()', sent.settled);
      const { received } = pair.peer;
      return allOf([
        isRefused(sent, 'CONNECTION_LOST'),
        verdict(received.length === 0, 'no payload', `${received.length} payloads`),
      ]);
    }),
  );
}
