/** Those who only want to be in the way, in a process of their own: `node dist/load/attackers.js half-open|garbage|replay PORT COUNT SEED`. */
import { argv, exit } from 'node:process';
import { HandshakeCommand } from 'dimp';
import { silentLogger, systemClock } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { chance } from 'network/chance';
import { Crowd, endless, halfOpen } from '../crowd.ts';
import { RawClient } from '../raw-client.ts';
import { dim, person } from '../world.ts';

const [, , kind = '', port = '', count = '', seed = ''] = argv;
const numbers = chance(Number(seed), kind);
const COUNT = Number(count);
/** Milliseconds between two waves. */
const PAUSE = 20;

/** A part of a header, and nothing more; some go, and others come. */
function open(): void {
  const crowd = new Crowd(Number(port), COUNT, () => halfOpen(numbers));
  setInterval(() => {
    crowd.leave(20);
    crowd.fill();
  }, PAUSE);
}

/** What is nothing, and what has a beginning and no end. */
function send(): void {
  const crowd = new Crowd(Number(port), COUNT, () => endless(numbers));
  setInterval(() => {
    crowd.goOn(numbers);
    crowd.fill();
  }, PAUSE);
}

/** The login of somebody else, again and again. */
async function replay(): Promise<void> {
  const dial = async (): Promise<RawClient> => {
    const address = { host: '127.0.0.1', port: Number(port) };
    const how = { clock: systemClock, logger: silentLogger, signal: new AbortController().signal };
    return RawClient.open(dim, person('Mallory'), await tcpTransport().connect(address, how));
  };
  const first = await dial();
  await first.greet();
  const login = await first.pack(HandshakeCommand.offer(first.session, { station: first.station }), first.station);
  await Promise.all(
    Array.from({ length: COUNT }, async () => {
      for (;;) {
        try {
          const { connection } = await dial();
          for (;;) await connection.send(login);
        } catch {
          // It was shut out, and begins anew.
          await systemClock.wait(PAUSE / 1000);
        }
      }
    }),
  );
}

process.on('disconnect', () => exit());
if (kind === 'half-open') open();
else if (kind === 'garbage') send();
else await replay();
