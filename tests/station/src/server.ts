/** A process that is loaded: a station, its duties by hand, or what does nothing but read frames and write them. */
import { argv, exit } from 'node:process';
import { createDim, stationPlugin, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { threadedBackend } from 'dimplugins/backends/native';
import { systemClock } from 'dimsdk';
import {
  createStation,
  listen,
  memoryEngine,
  openSqliteEngine,
  type AcceptLink,
  type Engine,
  type Link,
} from 'dimstation';
import { STATION } from 'network/people';
import { relayByHand } from './load/by-hand.ts';
import { LOADED } from './load/traffic.ts';
import { person } from './world.ts';

const dim = createDim({
  plugins: [standardPlugin({ backend: threadedBackend }), stationPlugin],
  wireShape: 'deployed',
});
const [, , kind = 'station', path = '', port = '0'] = argv;

/** What comes over one link goes out over its partner: the bare cost of frames and sockets. */
function bareRelay(): AcceptLink {
  let waiting: Link | undefined;
  const partners = new Map<Link, Link>();
  return (link) => {
    // Here everybody is somebody, of whom much may come.
    link.loggedIn?.('');
    if (waiting === undefined) waiting = link;
    else {
      partners.set(link, waiting).set(waiting, link);
      waiting = undefined;
    }
    return {
      receive: (bytes, acknowledge) => {
        acknowledge();
        partners.get(link)?.send({ bytes, signature: '', acknowledged: () => undefined });
      },
      drained: () => undefined,
      ended: () => undefined,
    };
  };
}

/** Those of loads have verified in threads what they sign, as the station does. */
function known(name: string): User {
  const { meta, ...user } = person(name);
  return { ...user, meta: dim.Meta.parse(meta.toMap()) };
}

async function accept(): Promise<AcceptLink> {
  if (kind === 'bare') return bareRelay();
  const identity = person(STATION);
  const engine: Engine = path === '' ? memoryEngine() : await openSqliteEngine({ path });
  if (kind === 'hand') return relayByHand(LOADED.map(known), engine, identity.keys.identity);
  // Loads come from few people with many sessions.
  return (await createStation({ dim, identity, engine, limits: { sessionsPerUser: 20_000 } })).accept;
}

const limits = {
  connections: 20_000,
  connectionsPerAddress: 20_000,
  payloadsPerSecond: 1_000_000,
  burstPayloads: 1_000_000,
};
const listener = await listen({
  accept: await accept(),
  host: '127.0.0.1',
  port: Number(port),
  clock: systemClock,
  limits,
});
process.send?.({ port: listener.port });
process.on('message', () => {
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heapUsed, cpu: process.cpuUsage() });
});
process.on('disconnect', () => exit());
