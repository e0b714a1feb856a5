/** A station: it takes what clients send, keeps it, and delivers it. */
import { EntityType, DimError, type Dim, type ID, type User } from 'dimp';
import { requireArgument } from 'dimp/extend';
import { silentLogger, systemClock, type Clock, type Logger } from 'dimsdk';
import { checkOptionNames, requireDim, requireMethod } from 'dimsdk/internal';
import type { BlockedUser } from '../directory/blocked-users.ts';
import { Names } from '../directory/names.ts';
import { Acknowledgements } from '../offline/acknowledgements.ts';
import { PostOffice } from '../routing/post-office.ts';
import type { Engine } from '../ports/engine.ts';
import type { AcceptLink, Link, LinkUser } from '../ports/link.ts';
import { noMeter, type Meter } from '../ports/meter.ts';
import { noNeighbors, type Neighbors } from '../ports/neighbors.ts';
import { Bridge, type NeighborView } from '../bridge/bridge.ts';
import type { BridgeOptions } from '../bridge/bridge-options.ts';
import { Arrivals } from '../routing/arrivals.ts';
import { Deliveries, type CachedMessage } from '../routing/deliveries.ts';
import { Departures } from '../routing/departures.ts';
import { Presence } from '../routing/presence.ts';
import { Replies } from '../routing/replies.ts';
import { Router } from '../routing/router.ts';
import { TraceGuard } from '../routing/trace-guard.ts';
import { StationParts } from '../sessions/parts.ts';
import { Session } from '../sessions/session.ts';
import { mailboxLimits, readStationLimits, type StationLimits } from './station-limits.ts';
import { Sweeper } from './sweeper.ts';

/** How a station is made. */
export interface StationOptions {
  /** In the shape `deployed`. What clients say to stations is read by its fields, with `stationPlugin` of dimp or without. */
  readonly dim: Dim;
  /** The station's identity, with its private keys: of type `EntityType.STATION`. */
  readonly identity: User;
  /** Where it keeps what it must. */
  readonly engine: Engine;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
  readonly meter?: Meter | undefined;
  /** Whom names stand for (ANS), beside those that are built in. */
  readonly names?: Readonly<Record<string, ID>> | undefined;
  readonly limits?: Partial<StationLimits> | undefined;
  /** Other stations that it is connected to. */
  readonly bridge?: BridgeOptions | undefined;
  /** Told of each message that waits for a user who is away, unless the user has muted its sender: to wake a phone. */
  readonly cached?: ((message: CachedMessage) => void) | undefined;
  /** Told of each user who comes in, or is active again, with the terminal: it has what waits, or is about to. */
  readonly cameIn?: ((user: ID) => void) | undefined;
}

const NAMES: Readonly<Record<keyof StationOptions, true>> = {
  dim: true,
  identity: true,
  engine: true,
  clock: true,
  logger: true,
  meter: true,
  names: true,
  limits: true,
  bridge: true,
  cached: true,
  cameIn: true,
};

/** Who is here, for those who operate a station. */
export interface SessionView {
  /** With the terminal; undefined before the login. */
  readonly user: ID | undefined;
  readonly host: string;
  readonly port: number;
  readonly framing: Link['framing'];
  readonly isActive: boolean;
  /** When the connection began, in seconds since 1970. */
  readonly since: number;
}

/** A running station. */
export interface Station {
  readonly id: ID;
  /** Takes a connection of a client: what a listener is given. */
  readonly accept: AcceptLink;
  /** Who is here. */
  sessions(): readonly SessionView[];
  /** How many users have logged in and are here. */
  readonly users: number;
  /** Takes nothing of a user from now on, and ends the user's sessions. @returns whether that is new @throws DimError `STORE_…` */
  block(user: ID): Promise<boolean>;
  /** @returns whether the user was blocked @throws DimError `STORE_…` */
  unblock(user: ID): Promise<boolean>;
  isBlocked(user: ID): boolean;
  /** Who is kept out, those who were blocked first before others. */
  blocked(): readonly BlockedUser[];
  /** The other stations that it is connected to, or should be. */
  neighbors(): readonly NeighborView[];
  /** Ends all connections. What was not acknowledged comes again when the station does. It does not close the engine. */
  close(): Promise<void>;
}

/**
 * Makes a station.
 *
 * @throws DimError `USAGE_ARGUMENT` for an identity that is no station's, or limits that are none; `STORE_…`
 */
export async function createStation(options: StationOptions): Promise<Station> {
  const { dim, identity, engine } = requireArgument(options, 'options');
  checkOptionNames(options, NAMES);
  requireDim(dim, 'messenger');
  requireMethod(requireArgument(engine, 'engine').mailbox, 'append', 'engine.mailbox');
  requireMethod(engine.records, 'list', 'engine.records');
  if (options.clock !== undefined) requireMethod(options.clock, 'now', 'clock');
  requireArgument(requireArgument(identity, 'identity').id, 'identity.id');
  if (identity.id.type !== EntityType.STATION)
    throw new DimError('USAGE_ARGUMENT', 'must be of the type of stations', { path: 'identity.id' });
  const { clock = systemClock, logger = silentLogger, meter = noMeter } = options;
  const names = new Names(options.names);
  const { users } = readStationLimits(options.limits);
  const parts = new StationParts({ dim, self: identity.id, engine, clock, logger, meter, names, users });
  await parts.ages.load();
  await dim.addUser(parts.directory, identity);
  await parts.blocked.load();
  return new RunningStation(parts, options);
}

/** Bytes of a session key: it has two digits for each. */
const KEY_BYTES = 32;

class RunningStation implements Station {
  readonly id: ID;
  readonly accept: AcceptLink;
  readonly #parts: StationParts;
  readonly #acknowledgements: Acknowledgements;
  readonly #presence: Presence;
  readonly #router: Router;
  readonly #sweeper: Sweeper;
  readonly #bridge: Bridge | undefined;
  readonly #neighbors: Neighbors;

  constructor(parts: StationParts, options: StationOptions) {
    const limits = readStationLimits(options.limits);
    const guard = new TraceGuard(parts.clock);
    const departures = new Departures(guard);
    const accept = (link: Link, neighbor: ID): LinkUser => this.#accept(link, neighbor);
    this.#bridge = options.bridge && new Bridge(options.bridge, { parts, departures, accept });
    const neighbors = this.#bridge ?? noNeighbors;
    this.#neighbors = neighbors;
    const { engine, sessions, meter, logger } = parts;
    this.id = parts.self;
    this.#parts = parts;
    this.#acknowledgements = new Acknowledgements(engine.mailbox, { logger, meter });
    const { sessionsPerUser } = limits;
    const acknowledgements = this.#acknowledgements;
    this.#presence = new Presence({ parts, acknowledgements, sessionsPerUser, cameIn: options.cameIn });
    const postOffice = new PostOffice({
      mailbox: engine.mailbox,
      limits: mailboxLimits(limits),
      sessions,
      meter,
    });
    const replies = new Replies(parts, limits.untakenBytes);
    const giveBack = async (user: ID): Promise<void> => this.#presence.giveBack(user);
    const deliveries = new Deliveries({ parts, replies, postOffice, neighbors, giveBack, cached: options.cached });
    const waiting = { messages: limits.waitingForLogin, bytes: limits.waitingForLoginBytes };
    const presence = this.#presence;
    this.#router = new Router({ parts, replies, deliveries, presence, neighbors, guard, departures, waiting });
    this.#sweeper = new Sweeper(parts, limits);
    this.accept = (link) => this.#accept(link);
    this.#bridge?.start();
  }

  sessions(): readonly SessionView[] {
    return [...this.#parts.sessions.all()].map(({ id, link, isActive, since }) => ({
      user: id,
      host: link.host,
      port: link.port,
      framing: link.framing,
      isActive,
      since,
    }));
  }

  get users(): number {
    return this.#parts.sessions.users;
  }

  async block(user: ID): Promise<boolean> {
    const isNew = await this.#parts.blocked.block(user);
    if (isNew) this.#parts.logger.info('a user is kept out from now on', { user: user.entity.toString() });
    for (const { link } of this.#parts.sessions.of(user)) link.close();
    return isNew;
  }

  async unblock(user: ID): Promise<boolean> {
    const wasBlocked = await this.#parts.blocked.unblock(user);
    if (wasBlocked) this.#parts.logger.info('a user is kept out no longer', { user: user.entity.toString() });
    return wasBlocked;
  }

  isBlocked(user: ID): boolean {
    return this.#parts.blocked.has(user);
  }

  blocked(): readonly BlockedUser[] {
    return this.#parts.blocked.all();
  }

  neighbors(): readonly NeighborView[] {
    return this.#bridge?.views() ?? [];
  }

  async close(): Promise<void> {
    await this.#bridge?.close();
    for (const { link } of this.#parts.sessions.all()) link.close();
    await this.#sweeper.close();
    await this.#bridge?.settled();
    await this.#acknowledgements.settled();
  }

  #accept(link: Link, neighbor?: ID): LinkUser {
    const { sessions, clock, meter, logger } = this.#parts;
    const session = new Session(link, newSessionKey(), clock.now(), neighbor);
    sessions.add(session);
    const arrivals = new Arrivals({
      read: (bytes) => this.#router.read(session, bytes),
      route: async (all) => this.#router.route(session, all),
      refused: (error) => this.#router.refused(session, error),
      failed: (error) => {
        // What it sent was not acknowledged: it comes again.
        logger.error('messages could not be taken', { error: String(error) });
        link.close();
      },
    });
    return {
      receive: (bytes, acknowledge) => {
        meter.add('payloads');
        arrivals.receive(bytes, acknowledge);
      },
      drained: () => undefined,
      ended: () => {
        arrivals.end();
        this.#presence.ended(session);
        this.#router.ended(session);
        this.#neighbors.closed(link);
        void this.#forwardTo(session);
      },
    };
  }

  /** Somebody has left. Who is at another station already gets there what has come in the meantime. */
  async #forwardTo({ user, terminal = '' }: Session): Promise<void> {
    try {
      if (user !== undefined) await this.#neighbors.forward(user, terminal);
    } catch (error) {
      this.#parts.logger.error('what waits could not be passed on', { error: String(error) });
    }
  }
}

function newSessionKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
