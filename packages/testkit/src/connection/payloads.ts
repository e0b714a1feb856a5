/** Payloads, each way: whole, in order, of every size. */
import { allOf, type Verdict } from '../report/verdict.ts';
import { areSame, bytesIn, isDone, isRefused } from './answers.ts';
import { watched, type ConnectionTrial } from './connection-trial.ts';
import { bytesOf } from './framing.ts';

/** Bytes at which a framing may change its mind. */
const EDGES = [5, 6, 124, 125, 126, 127, 128, 1000, 65_534, 65_535, 65_536];

/** What connections say to each other, and is no message. */
const SIGNS = ['', '{', '{}', 'OK', 'NOOP', 'PONG', '{  }'];

export async function checkPayloads(trial: ConnectionTrial): Promise<void> {
  const { contract, samples } = trial;
  const sizes = [...EDGES.filter((size) => size < samples.payloadBytes), samples.payloadBytes];
  const payloads = sizes.map((size, index) => trial.payload(index, size));
  await contract.rule('send', 'payloads of every size arrive whole, and in their order', async () =>
    trial.with(async ({ connection, peer }) => {
      const sent = payloads.map((payload) => watched(connection.send(payload)));
      await trial.soon('the end of send()', Promise.all(sent.map(({ settled }) => settled)));
      return allOf([...sent.map((send) => isDone(send, 'a send that is done')), areSame(peer.received, payloads)]);
    }),
  );
  await contract.rule('incoming', 'payloads of every size come in whole, and in their order', async () =>
    trial.with(async (pair) => {
      void pair.peer.send(...payloads);
      return areSame(bytesIn(await trial.read(pair, payloads.length)), payloads);
    }),
  );
  await contract.rule(
    'send',
    'the bytes of a payload are those of the call, whatever the caller does with them later',
    async () =>
      trial.with(async ({ connection, peer }) => {
        const payload = trial.payload(0);
        const sent = watched(connection.send(payload));
        payload.fill(0x78);
        await trial.soon('the end of send()', sent.settled);
        return areSame(peer.received, [trial.payload(0)]);
      }),
  );
  await checkRefusals(trial);
  await checkSigns(trial);
}

async function checkRefusals(trial: ConnectionTrial): Promise<void> {
  const { contract, samples } = trial;
  const wrong: readonly (readonly [string, unknown])[] = [
    ['no bytes', new Uint8Array(0)],
    ['4 bytes', bytesOf('PING')],
    ['too many bytes', trial.payload(0, samples.payloadBytes + 1)],
    ['a text', '{"a":1}'],
  ];
  await contract.rule('send', 'what is no payload is refused with USAGE_ARGUMENT, and the next one is sent', async () =>
    trial.with(async ({ connection, peer }) => {
      const sends = wrong.map(([, bytes]) => watched(connection.send(bytes as Uint8Array)));
      await trial.soon('the end of send()', Promise.all(sends.map(({ settled }) => settled)));
      const last = watched(connection.send(trial.payload(1)));
      await trial.soon('the end of send()', last.settled);
      return allOf([
        ...sends.map((send) => isRefused(send, 'USAGE_ARGUMENT')),
        isDone(last, 'a send that is done'),
        areSame(peer.received, [trial.payload(1)]),
      ]);
    }),
  );
}

async function checkSigns(trial: ConnectionTrial): Promise<void> {
  await trial.contract.rule(
    'incoming',
    'what is too short for a message is not given out, and stops nothing',
    async () =>
      trial.with(async (pair) => {
        void pair.peer.send(...SIGNS.map(bytesOf), trial.payload(1));
        return areSame(bytesIn(await trial.read(pair, 1)), [trial.payload(1)]);
      }),
  );
  await trial.contract.rule('the answers', 'it answers whoever asks whether it is there', async () =>
    trial.with<Verdict>(async ({ peer }) => {
      for (let time = 0; time < 3; time += 1) await trial.soon('an answer', peer.roundTrip());
      return true;
    }),
  );
}
