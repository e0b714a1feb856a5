/** A station as those who operate it see it: what is needed of it, and no more. */
import type { Dim, ID, User } from 'dimp';
import type { Logger } from 'dimsdk';
import type { Certificate } from '../listener/listen.ts';
import type { BoxUsage, MailboxTotal } from '../ports/mailbox.ts';
import type { Meter } from '../ports/meter.ts';
import type { Settings } from './options/options.ts';

/** How much there is. */
export interface StationCounts {
  readonly connections: number;
  readonly sessions: number;
  /** Users of whom something is known. */
  readonly users: number;
  readonly mailbox: MailboxTotal;
  /** What is kept for clients, and the bytes that it takes. */
  readonly files: { readonly files: number; readonly bytes: number };
}

/** A user, for whoever administers the station. */
export interface UserSummary {
  readonly id: string;
  /** As the visa says; a stranger chose it. */
  readonly name: string | undefined;
  /** How many sessions it has now. */
  readonly sessions: number;
  /** When what is known of it changed last, in seconds since 1970. */
  readonly changedAt: number;
  readonly isBlocked: boolean;
}

/** A session, for whoever administers the station. */
export interface SessionSummary {
  readonly user: string;
  readonly terminal: string;
  readonly framing: string;
  readonly host: string;
  readonly port: number;
  /** When it began, in seconds since 1970. */
  readonly since: number;
}

/** Another station, for whoever administers this one. */
export interface NeighborSummary {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly isConnected: boolean;
  /** Why this station could not connect to it. */
  readonly problem: string | undefined;
}

/** Somebody who is kept out. */
export interface BlockedSummary {
  readonly user: string;
  /** From when on, in seconds since 1970. */
  readonly since: number;
}

/** Keeps users out. */
export interface Blocking {
  /** Who is kept out, those who were blocked first before others. */
  list(limit: number): readonly BlockedSummary[];
  /** From now on nothing is taken from a user; sessions of the user end. @returns whether that is new */
  block(user: ID): Promise<boolean>;
  /** @returns whether the user was blocked */
  unblock(user: ID): Promise<boolean>;
}

/** A station that runs. */
export interface RunningStation {
  /** Where clients connect: `tcp://127.0.0.1:9394`, `ws://127.0.0.1:9394`. */
  readonly addresses: readonly string[];
  /** Where a browser finds the chat, if it has one: `http://127.0.0.1:9394/`. */
  readonly chat: string | undefined;
  /** @throws DimError `STORE_…` where the store does not answer */
  counts(): Promise<StationCounts>;
  users(limit: number): Promise<readonly UserSummary[]>;
  sessions(limit: number): Promise<readonly SessionSummary[]>;
  /** The fullest first. */
  queues(limit: number): Promise<readonly BoxUsage[]>;
  readonly blocking: Blocking;
  neighbors(): readonly NeighborSummary[];
  /**
   * Writes a copy of the database, as of one moment, into a new file for its owner alone, while everything goes on.
   * @throws DimError `STORE_…`: where there is a file of that name already, it stays as it is
   */
  backup(path: string): Promise<void>;
  /**
   * Takes another certificate for connections to come. Those that are there go on with the one before.
   * @throws DimError `USAGE_ARGUMENT` for what is none; the one before stays
   */
  useCertificate(certificate: Certificate): void;
  /**
   * Takes no new connections, lets those that are there finish what they are at, and ends.
   * @param graceSeconds how long that may last
   */
  close(graceSeconds: number): Promise<void>;
}

/** What a station is started with. */
export interface StationStart {
  readonly dim: Dim;
  /** With the visa that it shows. */
  readonly identity: User;
  readonly settings: Settings;
  /** The path of the database. */
  readonly database: string;
  /** The path of the folder with what clients upload. */
  readonly files: string;
  /** In PEM. */
  readonly tls: Certificate | undefined;
  readonly logger: Logger;
  readonly meter: Meter;
}

/** Starts a station: it accepts clients when the promise resolves. */
export type StartStation = (start: StationStart) => Promise<RunningStation>;
