/** Presence: the station and the contacts know that this person is here, and on which devices. */
import {
  ANYWHERE,
  DocumentsCommand,
  EVERYONE,
  isDimError,
  LoginCommand,
  ReportCommand,
  type Content,
  type ID,
} from 'dimp';
import { encodeBase64, textOf } from 'dimp/extend';
import type { Contacts } from '../contacts/contacts.ts';
import type { OwnDevice } from '../device/own-device.ts';
import { ownIdentity, type OwnIdentity } from '../directory/identity-handlers.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { StationAddress } from '../ports/connection.ts';
import type { Line } from '../session/line.ts';
import type { Session } from '../session/session.ts';
import { defineTable } from '../store/own-rows.ts';
import { Turns } from '../store/turns.ts';

/** How often a station is told that we are here, in seconds. */
const LOGIN_INTERVAL = 300;

/** What contacts were told of this person's devices. Table `told`. */
const toldTable = /* @__PURE__ */ defineTable<{ readonly id: string; readonly shown: string }>({
  table: 'told',
  toRow: ({ id, shown }) => ({ key: id, partition: '', order: 0, value: { shown } }),
  fromRow: ({ key, value }) => ({ id: key, shown: textOf(value, 'shown') }),
});

/** What presence works with. */
export interface PresenceParts<C extends Content> {
  readonly contacts: Contacts<C>;
  readonly outbox: Outbox<C>;
  /** What this program and this device call themselves to the station. */
  readonly agent: string | undefined;
  readonly device: string | undefined;
}

/** Tells that a person is here. */
export class Presence<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #parts: PresenceParts<C>;
  #isInBackground = false;
  /** What is said of that goes out in its order: stations count commands of one time as they come. */
  readonly #turns = new Turns();

  constructor(device: OwnDevice<C>, parts: PresenceParts<C>) {
    this.#device = device;
    this.#parts = parts;
  }

  /** Everybody is to find this person: the station keeps what is known of us, and contacts hear what is new. */
  async show(session: Session<C>): Promise<void> {
    const own = await ownIdentity(this.#device);
    const { station } = session;
    if (own === undefined || station === undefined) return;
    await this.resume(session);
    await session.command(this.#documents(own), station);
    await this.#tellContacts(own);
  }

  /** Shows ourselves to one user. */
  async introduce(user: ID): Promise<void> {
    const { store } = this.#device;
    await store.exclusive(async () => {
      const own = await ownIdentity(this.#device);
      if (own !== undefined) await this.#parts.outbox.stage({ content: this.#documents(own), receiver: user }, true);
    });
  }

  /** Tells the station at which address we can be reached, now and again, until the signal is aborted. */
  async login(session: Session<C>, { state }: Line<C>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && state.is === 'online') {
      // To log in is to be in the foreground.
      await this.#inTurn(false, async () => this.#logIn(session, state.address));
      try {
        await this.#device.clock.wait(LOGIN_INTERVAL, signal);
      } catch {
        return;
      }
    }
  }

  /** A station that was just told who we are takes us to be in the foreground; and it asks for that when it is sent something. */
  async resume(session: Session<C>): Promise<void> {
    await this.#inTurn(true, async () => this.#report(session, 'offline'));
  }

  /** See `Client.goToBackground`. */
  async goToBackground({ session }: Line<C>): Promise<void> {
    this.#isInBackground = true;
    if (session !== undefined) await whileConnected(this.resume(session));
  }

  /** See `Client.goToForeground`. */
  async goToForeground({ session, state }: Line<C>): Promise<void> {
    this.#isInBackground = false;
    if (session === undefined || state.is !== 'online') return;
    const { address } = state;
    await whileConnected(
      this.#inTurn(false, async () => {
        await this.#report(session, 'online');
        await this.#logIn(session, address);
      }),
    );
  }

  /** Says something when it is its turn, where it is true still. */
  async #inTurn(isInBackground: boolean, say: () => Promise<void>): Promise<void> {
    await this.#turns.take(async () => {
      if (this.#isInBackground === isInBackground) await say();
    });
  }

  async #logIn(session: Session<C>, { host, port }: StationAddress): Promise<void> {
    const { agent, device } = this.#parts;
    const station = { did: session.station, host, port };
    const parts = { did: this.#device.self, station, ...(agent && { agent }), ...(device && { device }) };
    await session.command(LoginCommand.create(parts, this.#device.writtenNow), EVERYONE);
  }

  async #report(session: Session<C>, title: 'online' | 'offline'): Promise<void> {
    const station = this.#device.dim.ID.create({ name: 'station', address: ANYWHERE });
    await session.command(ReportCommand.create(title, this.#device.writtenNow), station);
  }

  /** Contacts, and this person's other devices, hear of each device that there is now, once. */
  async #tellContacts(own: OwnIdentity): Promise<void> {
    const signatures = own.visas.map(({ signature }) => encodeBase64(signature ?? new Uint8Array()));
    const shown = signatures.sort().join(' ');
    const { self } = this.#device;
    const others = own.visas
      .map(({ terminal }) => terminal)
      .filter((name) => name !== undefined && name !== self.terminal);
    for (const terminal of new Set(others))
      if (terminal !== undefined) await this.#tell(self.entity.at(terminal), own, shown);
    for (const { id, isAdded, isBlocked } of this.#parts.contacts.all)
      if (isAdded && !isBlocked && id.isUser) await this.#tell(id, own, shown);
  }

  async #tell(user: ID, own: OwnIdentity, shown: string): Promise<void> {
    const { store } = this.#device;
    await store.exclusive(async () => {
      const told = await toldTable.get(store, user.toString());
      if (told?.shown === shown) return;
      await this.#parts.outbox.stage({ content: this.#documents(own), receiver: user }, false);
      store.stage({ rows: [toldTable.put({ id: user.toString(), shown })] });
    });
  }

  #documents({ meta, visas }: OwnIdentity): DocumentsCommand {
    return DocumentsCommand.answer(this.#device.self.entity, visas, { ...this.#device.writtenNow, meta });
  }
}

/** What is said within a connection is of no use behind its end: the next one begins with how it is then. */
async function whileConnected(said: Promise<void>): Promise<void> {
  try {
    await said;
  } catch (error) {
    if (!isDimError(error) || error.code !== 'CONNECTION_LOST') throw error;
  }
}
