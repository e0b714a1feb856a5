/** What `dimstation start` starts: the engine, the station over it, and the port for its clients. */
import type { Dim, Document, ID, JsonMap, JsonValue } from 'dimp';
import { systemClock } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { STRANGERS, USERS } from '../directory/directory.ts';
import { listen, type Certificate, type Listener } from '../listener/listen.ts';
import type { BoxUsage } from '../ports/mailbox.ts';
import type { KeptRecord } from '../ports/records.ts';
import { isLocalHost, plainAddress } from '../link/networks.ts';
import { openSqliteEngine } from '../sqlite/open-sqlite-engine.ts';
import type { SqliteEngine } from '../sqlite/sqlite-engine.ts';
import { webhookPush, type WebhookPush } from '../push/webhook-push.ts';
import { createStation, type Station, type StationOptions } from '../station/create-station.ts';
import { mayConnect } from '../web/may-connect.ts';
import { hostInUrl } from './identity/station-visa.ts';
import { openWeb, pageOf, type Web } from './open-web.ts';
import { wrong } from './options/wrong.ts';
import type { Settings } from './options/options.ts';
import { pushSecret } from './push-secret.ts';
import type {
  Blocking,
  NeighborSummary,
  RunningStation,
  SessionSummary,
  StartStation,
  StationCounts,
  StationStart,
  UserSummary,
} from './running-station.ts';

/** @throws DimError `STORE_…`; `CONNECTION_FAILED` where the port is taken; `USAGE_ARGUMENT` */
export const startStation: StartStation = async (start) => {
  const page = await pageOf(start.settings);
  const push = pushOf(start);
  const engine = await openSqliteEngine({ path: start.database });
  try {
    const { dim, identity, logger, meter } = start;
    const station = await createStation({
      dim,
      identity,
      logger,
      meter,
      engine,
      names: namesOf(start.dim, start.settings),
      limits: {
        mailboxMessages: start.settings['mailbox-messages'],
        mailboxBytes: start.settings['mailbox-bytes'],
        mailboxSenderPercent: start.settings['mailbox-sender-percent'],
        mailboxTotalBytes: start.settings['mailbox-total-bytes'],
        daysKept: start.settings['keep-days'],
        users: start.settings.users,
        userDays: start.settings['user-days'],
      },
      ...bridgeOf(start),
      ...(push !== undefined && { cached: push.cached, cameIn: push.cameIn }),
    });
    try {
      const web = await openWeb({ ...start, page, engine, station });
      try {
        return new LiveStation({ ...start, engine, station, push, web, listener: await openPort(start, station, web) });
      } catch (error) {
        await web?.close();
        throw error;
      }
    } catch (error) {
      await station.close();
      throw error;
    }
  } catch (error) {
    await push?.close();
    await engine.close();
    throw error;
  }
};

/** @throws DimError `USAGE_ARGUMENT` */
function pushOf({ settings, logger }: StationStart): WebhookPush | undefined {
  const { 'push-url': url } = settings;
  const secret = pushSecret(settings);
  return url === undefined || secret === undefined ? undefined : webhookPush({ url, secret, logger });
}

/** @throws DimError `USAGE_ARGUMENT` */
function bridgeOf({ dim, identity, settings }: StationStart): Pick<StationOptions, 'bridge'> {
  const neighbors = settings.neighbors.map(({ host, port, id }) => ({ host, port, id: dim.ID.parse(id) }));
  for (const { id } of neighbors)
    if (id.equals(identity.id)) throw wrong(`neighbors must be other stations: ${id.toString()} is this one`);
  return neighbors.length === 0 ? {} : { bridge: { transport: tcpTransport(), neighbors } };
}

function namesOf(dim: Dim, { names }: Settings): Readonly<Record<string, ID>> {
  return Object.fromEntries([...names].map(([name, id]) => [name, dim.ID.parse(id)]));
}

async function openPort(
  { settings, tls, logger, meter }: StationStart,
  { accept }: Station,
  web: Web | undefined,
): Promise<Listener> {
  const { host, port, proxies } = settings;
  return listen({
    accept,
    host,
    port,
    tls,
    proxies,
    onRequest: web?.onRequest,
    mayConnect: mayConnect({
      origins: settings['connect-origins'] && new Set(settings['connect-origins']),
      hasPage: settings.web !== undefined,
      isForMachine: isForMachine(settings),
      publicHost: settings['public-host'],
      publicUrl: settings['public-url'],
      proxies: new Set(proxies.map(plainAddress)),
    }),
    clock: systemClock,
    logger,
    meter,
    limits: {
      connections: settings.connections,
      connectionsPerAddress: settings['connections-per-address'],
      payloadBytes: settings['payload-bytes'],
      outgoingBytes: settings['outgoing-bytes'],
      payloadsPerSecond: settings['messages-per-second'],
    },
  });
}

/** Whether nobody of elsewhere is to reach it: neither by itself nor through a proxy. */
function isForMachine({ host, proxies, ...settings }: Settings): boolean {
  const isNamed = settings['public-host'] !== undefined || settings['public-url'] !== undefined;
  return isLocalHost(host) && proxies.length === 0 && !isNamed;
}

interface Parts extends StationStart {
  readonly engine: SqliteEngine;
  readonly station: Station;
  readonly listener: Listener;
  readonly push: WebhookPush | undefined;
  readonly web: Web | undefined;
}

class LiveStation implements RunningStation {
  readonly addresses: readonly string[];
  readonly chat: string | undefined;
  readonly blocking: Blocking;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    const { listener, tls } = parts;
    const place = `${hostInUrl(listener.host)}:${listener.port}`;
    const schemes = ['tcp', 'ws', ...(tls === undefined ? [] : ['tls', 'wss'])];
    this.addresses = schemes.map((scheme) => `${scheme}://${place}`);
    this.chat = parts.web?.chatAt(listener);
    this.blocking = {
      list: (limit) =>
        parts.station
          .blocked()
          .slice(0, limit)
          .map(({ user, since }) => ({ user: user.toString(), since })),
      block: async (user) => parts.station.block(user),
      unblock: async (user) => parts.station.unblock(user),
    };
    this.#parts = parts;
  }

  async counts(): Promise<StationCounts> {
    const { engine, listener, station, web } = this.#parts;
    const [mailbox, users] = await Promise.all([engine.mailbox.total(), engine.records.count(USERS)]);
    const sessions = station.sessions().filter(({ user }) => user !== undefined).length;
    const files = web?.files() ?? { files: 0, bytes: 0 };
    return { connections: listener.connections, sessions, users, mailbox, files };
  }

  async users(limit: number): Promise<readonly UserSummary[]> {
    const { engine, station } = this.#parts;
    const sessions = new Map<string, number>();
    for (const { user } of station.sessions())
      if (user !== undefined) sessions.set(user.entityKey, (sessions.get(user.entityKey) ?? 0) + 1);
    const records = await engine.records.list(USERS, '', limit);
    return records.map((record) => this.#userOf(record, sessions.get(record.key) ?? 0));
  }

  #userOf({ key, value, writtenAt }: KeptRecord, sessions: number): UserSummary {
    const document = this.#firstDocument(value);
    const id = document?.did.entity.toString() ?? key;
    const isBlocked = document !== undefined && this.#parts.station.isBlocked(document.did);
    return { id, name: document?.name, sessions, changedAt: writtenAt, isBlocked };
  }

  async sessions(limit: number): Promise<readonly SessionSummary[]> {
    const found: SessionSummary[] = [];
    for (const { user, framing, host, port, since } of this.#parts.station.sessions())
      if (user !== undefined && found.length < limit)
        found.push({ user: user.entity.toString(), terminal: user.terminal ?? '', framing, host, port, since });
    return found;
  }

  async queues(limit: number): Promise<readonly BoxUsage[]> {
    const boxes = await this.#parts.engine.mailbox.fullest(limit);
    return Promise.all(boxes.map(async (box) => ({ ...box, user: await this.#spelled(box.user) })));
  }

  /** A key as its owner writes the ID, as far as that is known: as everywhere else. */
  async #spelled(key: string): Promise<string> {
    const { records } = this.#parts.engine;
    const value = (await records.read(USERS, key)) ?? (await records.read(STRANGERS, key));
    return value === undefined ? key : (this.#firstDocument(value)?.did.entity.toString() ?? key);
  }

  #firstDocument(value: JsonMap): Document | undefined {
    const documents = Array.isArray(value['documents']) ? (value['documents'] as readonly JsonValue[]) : [];
    const [first] = documents;
    return first === undefined ? undefined : this.#parts.dim.Document.parse(first);
  }

  neighbors(): readonly NeighborSummary[] {
    return this.#parts.station.neighbors().map((neighbor) => ({ ...neighbor, id: neighbor.id.toString() }));
  }

  async backup(path: string): Promise<void> {
    return this.#parts.engine.backup(path);
  }

  useCertificate(certificate: Certificate): void {
    this.#parts.listener.useCertificate(certificate);
  }

  async close(graceSeconds: number): Promise<void> {
    const { engine, listener, station, push, web } = this.#parts;
    try {
      await listener.close({ graceSeconds });
      await web?.close();
      await station.close();
      await push?.close();
    } finally {
      await engine.close();
    }
  }
}
