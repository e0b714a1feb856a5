/**
 * What an idle link takes, of each framing, on the station's side. Run it by hand after a build, with files enough for both ends:
 *
 *     ulimit -n 30000; node --expose-gc test/listener/idle-links.mjs 5000
 *
 * It starts itself once more for the clients.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

const PING = Buffer.from('44494d4000000000000000010000000450494e47', 'hex');
const MARS_PING = Buffer.from('00000014000000c800000003000000030000000450494e47', 'hex');
const UPGRADE =
  'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
const STARTS = { mtp: PING, mars: MARS_PING, websocket: UPGRADE };

/** The clients: each connects, says something, and hears an answer. */
async function clients(port, framing, count) {
  const sockets = [];
  for (let index = 0; index < count; index += 1) {
    const socket = connect({ host: '127.0.0.1', port });
    sockets.push(socket);
    socket.write(STARTS[framing]);
    await once(socket, 'data');
  }
  process.send(sockets.length);
}

async function settled() {
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function measure(framing, count) {
  const { listen } = await import('../../dist/index.js');
  const { systemClock } = await import('dimsdk');
  const user = { receive: () => undefined, drained: () => undefined, ended: () => undefined };
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
    limits: { connections: 100_000, connectionsPerAddress: 100_000 },
    accept: () => user,
  });
  await settled();
  const before = process.memoryUsage();
  const child = fork(new URL(import.meta.url), [String(count), framing, String(listener.port)]);
  await once(child, 'message');
  await settled();
  const after = process.memoryUsage();
  const cpu = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  const { user: busy, system } = process.cpuUsage(cpu);
  const each = (name) => Math.round((after[name] - before[name]) / count);
  process.stdout.write(
    `${framing}: ${listener.links} links, each ${each('heapUsed')} bytes of heap, ${each('external')} beside it, ` +
      `${each('rss')} of the process; ${((busy + system) / 100_000).toFixed(2)} % of a processor\n`,
  );
  child.kill();
  await listener.close({ graceSeconds: 1 });
}

const [count = '1000', framing, port] = process.argv.slice(2);
if (framing === undefined) for (const each of Object.keys(STARTS)) await measure(each, Number(count));
else await clients(Number(port), framing, Number(count));
