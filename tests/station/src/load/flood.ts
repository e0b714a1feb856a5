/**
 * What two people notice of a flood: `node dist/load/flood.js [connections]`. Their messages go through a station alone, and while others
 * open connections that say nothing, send garbage and frames without an end, and bring the login of somebody else again and again.
 */
import { fork } from 'node:child_process';
import { argv, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { TextContent } from 'dimp';
import { silentLogger, systemClock } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { RawClient } from '../raw-client.ts';
import { StationProcess } from '../station-process.ts';
import { dim, person } from '../world.ts';

const [, , connections = '2000', given = String(Date.now() % 1_000_000)] = argv;
const ATTACKERS = fileURLToPath(new URL('attackers.js', import.meta.url));
const FLOODS = [
  ['half-open', Number(connections)],
  ['garbage', Math.ceil(Number(connections) / 10)],
  ['replay', Math.ceil(Number(connections) / 40)],
] as const;
const ROUNDS = 300;
/** Seconds that a measurement may last, and how long a flood rises before it. */
const LONGEST = 20;
const RISE = 3;

const station = await new StationProcess('station').start();
// Whatever hangs, it ends.
setTimeout(() => exit(1), 1000 * (FLOODS.length + 1) * 2 * (LONGEST + RISE)).unref();

async function come(name: string, other: string): Promise<RawClient> {
  const address = { host: '127.0.0.1', port: station.port };
  const how = { clock: systemClock, logger: silentLogger, signal: new AbortController().signal };
  const client = await RawClient.open(dim, person(name), await tcpTransport().connect(address, how));
  await dim.addContact(client.store, person(other));
  return client.logIn();
}

interface Times {
  readonly middle: number;
  readonly p99: number;
}

/** Milliseconds from sending a message to its arrival. */
async function measure(sender: RawClient, receiver: RawClient): Promise<Times> {
  const times: number[] = [];
  const end = performance.now() + LONGEST * 1000;
  while (times.length < ROUNDS && performance.now() < end) {
    const bytes = await sender.pack(TextContent.create(`${times.length}`), receiver.user.id);
    const started = performance.now();
    await sender.connection.send(bytes);
    await receiver.hear('text');
    times.push(performance.now() - started);
    await sender.receipt();
  }
  times.sort((one, next) => one - next);
  const at = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
  return { middle: at(0.5), p99: at(0.99) };
}

const mebibytes = async (): Promise<string> => ((await station.usage()).rss / 1024 / 1024).toFixed(0);
const [alice, bob] = [await come('Alice', 'Bob'), await come('Bob', 'Alice')];
await measure(alice, bob);
const alone = await measure(alice, bob);
console.log(`seed ${given}`);
console.log(`alone: middle ${alone.middle.toFixed(2)} ms, p99 ${alone.p99.toFixed(2)} ms, ${await mebibytes()} MiB`);
for (const [kind, count] of FLOODS) {
  const attackers = fork(ATTACKERS, [kind, String(station.port), String(count), given]);
  await systemClock.wait(RISE);
  const [before, started] = [await station.usage(), performance.now()];
  const { middle, p99 } = await measure(alice, bob);
  const { cpu } = await station.usage();
  const busy = (cpu.user + cpu.system - before.cpu.user - before.cpu.system) / 10 / (performance.now() - started);
  const ratios = `${(middle / alone.middle).toFixed(1)} and ${(p99 / alone.p99).toFixed(1)} times as long`;
  const memory = await mebibytes();
  const times = `middle ${middle.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${ratios}`;
  // The attackers need a processor, too: how busy the station is tells what is of them alone.
  console.log(`${count} ${kind}: ${times}, ${memory} MiB, the station is busy for ${busy.toFixed(0)} % of the time`);
  attackers.kill('SIGKILL');
}
await station.kill();
exit();
