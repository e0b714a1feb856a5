/** Whoever says nothing is asked, and given up. */
import { allOf, verdict } from '../report/verdict.ts';
import { hasEnded, isRefused } from './answers.ts';
import { watched, type ConnectionTrial } from './connection-trial.ts';

/** In seconds, and with what a clock may be late. */
const ASKED_WITHIN = 24;
const KEPT_FOR = 112;
const GIVEN_UP_WITHIN = 160;

export async function checkSilence(trial: ConnectionTrial): Promise<void> {
  const { contract } = trial;
  await contract.rule('ended', "a silent other side is asked within 24 seconds, and 'silent' within 160", async () =>
    trial.with(async ({ connection, peer, clock }) => {
      peer.answers = 'nothing';
      const sent = watched(connection.send(trial.payload(0)));
      const end = watched(connection.ended);
      // Its own part, which may be a question.
      await trial.soon(
        'the payload',
        peer.until(() => peer.received.length === 1),
      );
      const before = peer.questions;
      await clock.turn(ASKED_WITHIN);
      await trial.soon(
        'a question',
        peer.until(() => peer.questions > before),
      );
      await clock.turn(KEPT_FOR - ASKED_WITHIN);
      const kept = verdict(end.state === 'pending', `a connection that is kept for ${KEPT_FOR} seconds`, 'its end');
      await clock.turn(GIVEN_UP_WITHIN - KEPT_FOR);
      await trial.soon('the end', end.settled);
      await trial.soon('the end of send()', sent.settled);
      return allOf([kept, hasEnded(await connection.ended, 'silent'), isRefused(sent, 'CONNECTION_LOST')]);
    }),
  );
  await contract.rule('ended', 'whoever answers when it is asked is kept', async () =>
    trial.with(async ({ connection, peer, clock }) => {
      const end = watched(connection.ended);
      for (let minute = 0; minute < 10 && end.state === 'pending'; minute += 1) {
        const before = peer.questions;
        await clock.turn(ASKED_WITHIN);
        await trial.soon(
          'a question',
          peer.until(() => peer.questions > before || peer.isOver),
        );
        // Behind the answer: when this is answered, that was heard.
        await trial.soon('an answer', peer.roundTrip());
      }
      return verdict(end.state === 'pending', 'a connection that is kept', 'its end');
    }),
  );
}
