/** Who has what: nothing is said to have arrived before it has. */
import { allOf } from '../report/verdict.ts';
import { areNumbers, isDone, isPending } from './answers.ts';
import { watched, type ConnectionTrial } from './connection-trial.ts';
import { bytesOf, textOf } from './framing.ts';

export async function checkAcknowledgements(trial: ConnectionTrial): Promise<void> {
  const { contract } = trial;
  await contract.rule('send', 'it is done when the other side has answered, and not before', async () =>
    trial.with(async ({ connection, peer }) => {
      peer.answers = 'nothing';
      const sent = watched(connection.send(trial.payload(0)));
      await trial.soon(
        'the payload',
        peer.until(() => peer.received.length === 1),
      );
      await trial.soon('an answer', peer.roundTrip());
      const before = isPending(sent, 'a send');
      await peer.answerAll();
      await trial.soon('the end of send()', sent.settled);
      return allOf([before, isDone(sent, 'a send that is done')]);
    }),
  );
  await contract.rule('acknowledge', 'nothing is acknowledged before the reader says so', async () =>
    trial.with(async (pair) => {
      const { peer } = pair;
      await peer.send(trial.payload(0), trial.payload(1));
      await trial.read(pair, 2);
      await trial.soon('an answer', peer.roundTrip());
      return areNumbers(peer.acknowledged, []);
    }),
  );
  await contract.rule('acknowledge', 'it is of that payload, in any order, and once', async () =>
    trial.with(async (pair) => {
      const { peer } = pair;
      await peer.send(trial.payload(0), trial.payload(1), trial.payload(2));
      const [, second, third] = await trial.read(pair, 3);
      third?.acknowledge();
      second?.acknowledge();
      third?.acknowledge();
      await trial.soon('an answer', peer.roundTrip());
      return areNumbers(peer.acknowledged, [2, 1]);
    }),
  );
  await contract.rule('acknowledge', 'it names the message itself, whatever is attached to it', async () =>
    trial.with(async (pair) => {
      const { peer } = pair;
      await peer.send(withAttachments(trial, 0), withAttachments(trial, 1));
      const [, second] = await trial.read(pair, 2);
      second?.acknowledge();
      await trial.soon('an answer', peer.roundTrip());
      return areNumbers(peer.acknowledged, [1]);
    }),
  );
  await contract.rule('acknowledge', 'after the end it does nothing', async () =>
    trial.with(async (pair) => {
      const { peer } = pair;
      await peer.send(trial.payload(0));
      const [payload] = await trial.read(pair, 1);
      await trial.ending(pair);
      payload?.acknowledge();
      return areNumbers(peer.acknowledged, []);
    }),
  );
}

/** A message behind a visa with a signature and a time of its own. */
function withAttachments(trial: ConnectionTrial, number: number): Uint8Array {
  const attached = '{"visa":{"data":"{\\"time\\":1}","time":2,"signature":"signature-0"},';
  return bytesOf(attached + textOf(trial.payload(number)).slice(1));
}
