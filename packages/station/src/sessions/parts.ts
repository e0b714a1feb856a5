/** What all parts of a station have in common. */
import {
  canEncrypt,
  type Content,
  type Dim,
  type ID,
  type JsonMap,
  type MessageContext,
  Messenger,
  type VerifiedMeta,
} from 'dimp';
import { withLenientContents } from 'dimp/internal';
import type { Clock, Logger } from 'dimsdk';
import { AgeClock } from '../directory/age-clock.ts';
import { BlockedUsers } from '../directory/blocked-users.ts';
import { Correspondents } from '../directory/correspondents.ts';
import { Directory } from '../directory/directory.ts';
import { Logins } from '../directory/logins.ts';
import type { Names } from '../directory/names.ts';
import { UserLists } from '../directory/user-lists.ts';
import type { Engine } from '../ports/engine.ts';
import type { Meter } from '../ports/meter.ts';
import { Sessions } from './sessions.ts';

/** What a station is given. */
export interface PartsOptions {
  readonly dim: Dim;
  readonly self: ID;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly meter: Meter;
  readonly names: Names;
  /** As many may log in, of whom something is kept. */
  readonly users: number;
}

/** The largest serial number that old clients read. */
const MAX_SERIAL_NUMBER = 2 ** 31 - 1;

/** What all parts of a station have in common. */
export class StationParts {
  readonly dim: Dim;
  /** The station. */
  readonly self: ID;
  readonly engine: Engine;
  readonly clock: Clock;
  /** When things come: see there. */
  readonly ages: AgeClock;
  readonly logger: Logger;
  readonly meter: Meter;
  readonly names: Names;
  readonly sessions = new Sessions();
  readonly directory: Directory;
  readonly logins: Logins;
  readonly lists: UserLists;
  readonly correspondents: Correspondents;
  readonly blocked: BlockedUsers;
  /** Opens messages, whatever is wrong in their contents. */
  readonly reader: Messenger;
  /** Packs messages, in the shapes of the application. */
  readonly writer: Messenger;
  readonly #lenient: MessageContext;

  constructor({ dim, self, engine, clock, logger, meter, names, users }: PartsOptions) {
    this.dim = dim;
    this.self = self.entity;
    this.engine = engine;
    this.clock = clock;
    this.logger = logger;
    this.meter = meter;
    this.names = names;
    const { records } = engine;
    this.ages = new AgeClock({ clock, records, logger });
    this.directory = new Directory({ dim, self: this.self, records, clock: this.ages, logger, users });
    this.logins = new Logins(dim, records, this.ages);
    this.lists = new UserLists(records, this.ages);
    this.correspondents = new Correspondents(records, this.ages);
    this.blocked = new BlockedUsers(records, this.ages, dim.ID);
    // Whether a message came before is told by the guard of traces: a station reads no mail, and answers again what is asked again.
    const options = { self: this.self, store: this.directory, clock: () => clock.now(), replay: false } as const;
    this.#lenient = withLenientContents(dim);
    this.reader = new Messenger(this.#lenient, options);
    this.writer = dim.messenger(options);
  }

  /** A content of the station's own. */
  content(fields: JsonMap): Content {
    const sn = 1 + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % MAX_SERIAL_NUMBER);
    return this.dim.Content.parse({ type: '136', sn, time: this.clock.now(), ...fields });
  }

  /** A content in another one; undefined for what is none. */
  readContent(fields: JsonMap): Content | undefined {
    return this.#lenient.Content.tryParse(fields);
  }

  async metaOf(id: ID): Promise<VerifiedMeta | undefined> {
    // The directory gives what was verified alone.
    return (await this.directory.meta(id))?.meta as VerifiedMeta | undefined;
  }

  /** Whether anything can be said to a user. */
  async canAnswer(user: ID): Promise<boolean> {
    if ((await this.directory.visasOf(user)).length > 0) return true;
    const key = (await this.metaOf(user))?.publicKey;
    return key !== undefined && canEncrypt(key);
  }
}
