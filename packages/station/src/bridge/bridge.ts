/** The bridge: connections to other stations, and what goes over them. */
import type { ID } from 'dimp';
import type { Link, LinkUser } from '../ports/link.ts';
import type { Neighbors, PassedMessage, Passing } from '../ports/neighbors.ts';
import type { Departures } from '../routing/departures.ts';
import type { StationParts } from '../sessions/parts.ts';
import { checkNeighbors, readBridgeLimits, type BridgeLimits, type BridgeOptions } from './bridge-options.ts';
import { Forwarder } from './forwarder.ts';
import { MissedLogins } from './missed-logins.ts';
import { NeighborLine } from './neighbor-line.ts';
import { Questions } from './questions.ts';
import { Ways } from './ways.ts';

/** What a bridge is made of. */
export interface BridgeParts {
  readonly parts: StationParts;
  readonly departures: Departures;
  /** Takes a connection to a neighbor as one that it trusts. */
  readonly accept: (link: Link, neighbor: ID) => LinkUser;
}

/** How it is with a neighbor. */
export interface NeighborView {
  readonly id: ID;
  /** Where this station connects to it. */
  readonly host: string;
  readonly port: number;
  /** Whether messages go there now, over a connection of either side. */
  readonly isConnected: boolean;
  /** Why the last attempt to connect from here came to nothing; undefined where it has gone well, or goes on. */
  readonly problem: string | undefined;
}

/** Keeps a connection to each neighbor, and uses those that they make. */
export class Bridge implements Neighbors {
  readonly #made: BridgeParts;
  readonly #limits: BridgeLimits;
  readonly #trusted: ReadonlySet<string>;
  readonly #ways: Ways;
  readonly #questions: Questions;
  readonly #missed: MissedLogins;
  readonly #forwarders = new Map<string, Forwarder>();
  readonly #lines: readonly NeighborLine[];
  readonly #over = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  /** @throws DimError `USAGE_ARGUMENT` */
  constructor(options: BridgeOptions, made: BridgeParts) {
    checkNeighbors(options, made.parts.self);
    const { parts } = made;
    this.#made = made;
    this.#limits = readBridgeLimits(options);
    this.#trusted = new Set(options.neighbors.map(({ id }) => id.entityKey));
    this.#ways = new Ways(this.#limits);
    this.#questions = new Questions(parts, this.#ways);
    this.#missed = new MissedLogins(parts, this.#ways);
    const { transport, pauses } = options;
    this.#lines = options.neighbors.map((address) => {
      const opened = (link: Link): LinkUser => this.#openedOwn(address.id, link);
      return new NeighborLine({ parts, address, transport, pauses, opened });
    });
  }

  /** Begins to connect. */
  start(): void {
    this.#running = Promise.all(this.#lines.map(async (line) => line.run(this.#over.signal)));
  }

  /** Ends the connections that it has made. Those of the neighbors end with those of all clients. */
  async close(): Promise<void> {
    this.#over.abort();
    await this.#running;
  }

  /** Ends when nothing is passed on any more. */
  async settled(): Promise<void> {
    await Promise.all([this.#missed, ...this.#forwarders.values()].map(async (worker) => worker.settled()));
  }

  views(): readonly NeighborView[] {
    return this.#lines.map(({ address: { id, host, port }, problem }) => {
      return { id, host, port, isConnected: this.#ways.has(id), problem };
    });
  }

  isTrusted(station: ID): boolean {
    return this.#trusted.has(station.entityKey);
  }

  reachable(): readonly ID[] {
    return this.#ways.stations();
  }

  pass(message: PassedMessage, station: ID): Passing {
    return this.#ways.pass(message, station);
  }

  ask(id: ID, asker: ID | undefined): void {
    this.#questions.ask(id, asker);
  }

  async forward(user: ID, terminal: string, except?: ID): Promise<ID | undefined> {
    const station = await this.#stationOf(user, terminal);
    if (station === undefined || except?.equals(station) === true || !this.#ways.has(station)) return undefined;
    this.#forwarderOf(station).add(user, terminal);
    return station;
  }

  opened(station: ID, link: Link): void {
    this.#open(station, link, false);
  }

  closed(link: Link): void {
    const station = this.#ways.close(link);
    if (station === undefined) return;
    this.#missed.lost(station);
    // What was on its way over it goes over another one.
    if (this.#ways.has(station)) this.#passOnTo(station);
  }

  #openedOwn(station: ID, link: Link): LinkUser {
    const user = this.#made.accept(link, station);
    this.#open(station, link, true);
    return user;
  }

  #open(station: ID, link: Link, isOwn: boolean): void {
    const { logger } = this.#made.parts;
    logger.info('a neighbor is there', { neighbor: station.toString(), connectedBy: isOwn ? 'us' : 'them' });
    this.#ways.open(station, link, isOwn);
    this.#passOnTo(station);
  }

  /** There is a way: who is here is told there, and what waits for those who are there goes there. */
  #passOnTo(station: ID): void {
    this.#missed.back(station);
    this.#forwarderOf(station).all();
  }

  #forwarderOf(station: ID): Forwarder {
    const known = this.#forwarders.get(station.entityKey);
    if (known !== undefined) return known;
    const { parts, departures } = this.#made;
    const { messageBytes } = this.#limits;
    const made = new Forwarder({
      parts,
      ways: this.#ways,
      departures,
      station: station.entity,
      messageBytes,
      stationOf: async (user, terminal) => this.#stationOf(user, terminal),
      again: async (user, terminal) => this.forward(user, terminal),
    });
    this.#forwarders.set(station.entityKey, made);
    return made;
  }

  /** The trusted station where a user said last to be, with a terminal; undefined for this one, and for any other. */
  async #stationOf(user: ID, terminal: string): Promise<ID | undefined> {
    const { dim, self, logins, sessions } = this.#made.parts;
    const login = (await logins.of(user)).find((one) => one.terminal === terminal);
    const station = login?.station === undefined ? undefined : dim.ID.tryParse(login.station);
    if (login === undefined || station === undefined || station.equals(self) || !this.isTrusted(station))
      return undefined;
    // Whoever has come in here since is here. An older session may be a connection that died unnoticed.
    const isHere = sessions.at(user.entityKey, terminal).some(({ changedAt }) => changedAt >= login.time);
    return isHere ? undefined : station;
  }
}
