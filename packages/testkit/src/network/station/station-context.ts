/** What all parts of the station have in common. */
import {
  canEncrypt,
  Messenger,
  VerifiedMeta,
  Visa,
  type Content,
  type Dim,
  type Document,
  type ID,
  type JsonMap,
  type MemoryStore,
  type Meta,
  type MessageContext,
  type User,
} from 'dimp';
import { withLenientContents } from 'dimp/internal';
import type { Clock } from 'dimsdk';
import type { Random } from '../chance/random.ts';
import { LoginRecords } from './login-records.ts';
import type { NetworkQuirks } from './quirks.ts';

/** What a station is made of. */
export interface StationOptions {
  readonly dim: Dim;
  readonly identity: User;
  readonly store: MemoryStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly quirks: NetworkQuirks;
  /** Whom names stand for. */
  readonly names: ReadonlyMap<string, ID>;
}

/** The largest serial number that old clients read. */
const MAX_SERIAL_NUMBER = 2 ** 31 - 1;

/** What all parts of the station have in common. */
export class StationContext {
  readonly dim: Dim;
  readonly id: ID;
  readonly store: MemoryStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly quirks: NetworkQuirks;
  readonly logins = new LoginRecords();
  /** Opens messages, whatever is wrong in their contents. */
  readonly reader: Messenger;
  /** Packs messages, in the shapes of the application. */
  readonly writer: Messenger;
  readonly #names: ReadonlyMap<string, ID>;
  readonly #lenient: MessageContext;

  constructor({ dim, identity, store, clock, random, quirks, names }: StationOptions) {
    this.dim = dim;
    this.id = identity.id.entity;
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.quirks = quirks;
    this.#names = names;
    const options = { self: this.id, store, clock: () => clock.now() };
    // Whether a message came before is told by its traces, as stations do.
    this.#lenient = withLenientContents(dim);
    this.reader = new Messenger(this.#lenient, { ...options, replay: false });
    this.writer = dim.messenger(options);
  }

  /** A content of the station's own. */
  content(fields: JsonMap): Content {
    const sn = this.random.integer(1, MAX_SERIAL_NUMBER);
    return this.dim.Content.parse({ type: '136', sn, time: this.clock.now(), ...fields });
  }

  /** A content in another one; undefined for what is none. */
  readContent(fields: JsonMap): Content | undefined {
    return this.#lenient.Content.tryParse(fields);
  }

  metaOf(id: ID): Meta | undefined {
    // What was kept in this store was verified.
    const meta = this.store.meta(id)?.meta;
    return meta instanceof VerifiedMeta ? meta.meta : undefined;
  }

  documentsOf(id: ID): readonly Document[] {
    return this.store.documents(id).map(({ document }) => document);
  }

  visasOf(user: ID): readonly Visa[] {
    return this.documentsOf(user).filter((document) => document instanceof Visa);
  }

  /** Whether anything can be said to a user: else what the user says waits, as in deployed stations. */
  canAnswer(user: ID): boolean {
    const key = this.metaOf(user)?.publicKey;
    return this.visasOf(user).length > 0 || (key !== undefined && canEncrypt(key));
  }

  /** The terminals of a user, by the visas that are known: the empty one for a visa without. */
  terminalsOf(user: ID): readonly string[] {
    return this.visasOf(user).map(({ terminal }) => terminal ?? '');
  }

  /** Whom a name stands for. */
  named(name: string): ID | undefined {
    return this.#names.get(name);
  }
}
