/**
 * Who lives in the store of this browser, and whether it is open.
 *
 * While it is locked nobody is given anything, and the keys are sealed on the disk. Whoever takes the disk can read all the same what is
 * not sealed: messages, contacts, drafts and metas; see docs/keys-at-rest.md.
 */
import { DimError, type ID } from 'dimp';
import { changeVault, localUsers, passphraseVault, type ClientStore } from 'dimsdk';
import type { EngineEvent, EngineState } from '../protocol/calls.ts';
import type { Failure, Phase, SettingsView } from '../protocol/views.ts';
import { dim } from './dim.ts';
import { isWrongPassphrase, openFor, openLocked, openPlain, openSealed, shut, type Opened } from './door.ts';
import { failureOf } from './failure.ts';
import { deviceOf } from './identity.ts';
import type { Platform } from './platform.ts';
import { openSession, type Session } from './session.ts';
import { ServerWord } from './server-word.ts';
import { readSettings } from './settings.ts';

export interface HomeHost {
  tell(event: EngineEvent): void;
  /** The passphrase that opens the store from now on: for the engine that comes after this one. */
  secret(passphrase: string | undefined): void;
}

export class Home {
  readonly platform: Platform;
  readonly #host: HomeHost;
  #phase: Phase = { is: 'starting' };
  #opened: Opened | undefined;
  #session: Session | undefined;
  readonly #server: ServerWord;
  #settings: SettingsView = { station: undefined, files: undefined, receipts: 'all' };
  #turn: Promise<unknown> = Promise.resolve();

  constructor(platform: Platform, host: HomeHost) {
    this.platform = platform;
    this.#server = new ServerWord(platform);
    this.#host = host;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** @throws DimError `VAULT_PASSPHRASE` while it is locked, `USAGE_ARGUMENT` while nobody lives here, `STORE_FAILED` */
  get session(): Session {
    if (this.#session !== undefined) return this.#session;
    if (this.#phase.is === 'locked') throw new DimError('VAULT_PASSPHRASE', 'is locked');
    if (this.#phase.is === 'empty') throw new DimError('USAGE_ARGUMENT', 'nobody lives here yet');
    throw new DimError('STORE_FAILED', this.#phase.is === 'broken' ? this.#phase.failure.reason : 'is not open yet');
  }

  get store(): ClientStore {
    if (this.#opened === undefined) throw new DimError('STORE_FAILED', 'is not open');
    return this.#opened.store;
  }

  get isSealed(): boolean {
    return this.#opened?.vault !== undefined;
  }

  state(): EngineState {
    return {
      phase: this.#phase,
      connection: this.#session?.connection ?? { is: 'offline', retryAt: undefined, failure: undefined },
      settings: this.#settings,
      transfers: this.#session?.open.transfers.all ?? [],
    };
  }

  /** One change of phase after the other. @throws what it throws */
  async inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(change);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** Looks who lives here, and opens it where that needs no passphrase, or the one of before is right. */
  async start(passphrase?: string): Promise<void> {
    const asked = this.#server.ask();
    await this.inTurn(async () => this.#look(passphrase));
    void asked.then(async () => this.inTurn(async () => this.#heard())).catch(() => undefined);
  }

  async #look(passphrase?: string): Promise<void> {
    try {
      this.#opened = await openPlain(this.platform);
      if (this.#opened === undefined) {
        await this.#lookLocked();
        if (passphrase !== undefined) await this.#tryUnlock(passphrase);
        return;
      }
      const [id] = await localUsers(this.store, dim);
      if (id !== undefined) return await this.#begin(id);
      await this.#readSettings(this.store);
      this.#enter({ is: 'empty' });
    } catch (error) {
      await this.#leave();
      this.#enter({ is: 'broken', failure: failureOf(error) });
    }
  }

  async #readSettings(store: ClientStore): Promise<void> {
    this.#settings = await readSettings(store, await this.#server.read(store));
  }

  /** What the server says now, for this start if it is something else. */
  async #heard(): Promise<void> {
    if (this.#opened !== undefined && (await this.#server.isAnother(this.store))) await this.settingsChanged();
  }

  async #lookLocked(): Promise<void> {
    const locked = await openLocked(this.platform);
    this.#opened = locked;
    if (locked !== undefined) await this.#readSettings(locked.store);
    this.#enter({ is: 'locked', id: locked?.id.toString() ?? '', name: locked?.name });
  }

  async #tryUnlock(passphrase: string): Promise<void> {
    try {
      await this.unlock(passphrase);
    } catch (error) {
      if (!isWrongPassphrase(error)) throw error;
    }
  }

  /** @throws DimError `VAULT_PASSPHRASE`; it stays locked then */
  async unlock(passphrase: string): Promise<void> {
    if (this.#phase.is === 'open') return;
    if (this.#phase.is !== 'locked') throw new DimError('USAGE_ARGUMENT', 'is not locked');
    const { id, ...opened } = await openSealed(this.platform, passphrase);
    await this.#leave();
    this.#opened = opened;
    await this.#orLookAgain(async () => this.#begin(id));
    this.#host.secret(passphrase);
  }

  /** Ends the client, and forgets the keys. */
  async lock(): Promise<void> {
    if (this.#phase.is !== 'open') return;
    if (!this.isSealed) throw new DimError('USAGE_ARGUMENT', 'has no passphrase that would open it again');
    this.#host.secret(undefined);
    await this.#leave();
    await this.#look();
  }

  /** Opens the store for somebody who comes to live here. @throws what `settle` throws; nobody lives here then */
  async settle(passphrase: string | undefined, settle: (store: ClientStore) => Promise<ID>): Promise<void> {
    if (this.#phase.is !== 'empty') throw new DimError('USAGE_ARGUMENT', 'somebody lives here already');
    await this.#leave();
    await this.#orLookAgain(async () => {
      this.#opened = await openFor(this.platform, passphrase);
      await this.#begin(await settle(this.store));
    }, passphrase);
    this.#host.secret(passphrase);
  }

  /** What fails half way leaves no store open that nobody uses. */
  async #orLookAgain(work: () => Promise<void>, passphrase?: string): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.#leave();
      await this.#look(passphrase);
      throw error;
    }
  }

  /** @throws DimError `VAULT_PASSPHRASE`, `USAGE_ARGUMENT` at `to` where keys that are sealed would be so no longer */
  async changePassphrase(from: string | undefined, to: string | undefined): Promise<void> {
    const { self } = this.session.open.client;
    if (to === undefined)
      throw new DimError('USAGE_ARGUMENT', 'is needed: keys that are sealed stay sealed', { path: 'to' });
    if (!this.isSealed) {
      // The store seals what lies open as soon as it is opened with a vault.
      await this.#leave();
      await this.#orLookAgain(async () => {
        this.#opened = await openFor(this.platform, to);
        await this.store.keys(self);
        await this.#begin(self.entity);
      }, to);
    } else {
      if (from === undefined)
        throw new DimError('VAULT_PASSPHRASE', 'the passphrase of before is needed', { path: 'from' });
      const [before, vault] = [from, to].map((one) => passphraseVault(one, this.platform.sealing));
      if (before === undefined || vault === undefined) return;
      await changeVault(this.store, { from: before, to: vault }).finally(() => before.lock());
      this.#opened?.vault?.lock();
      this.#opened = { store: this.store, vault };
    }
    this.#host.secret(to);
    await this.refresh();
  }

  /** A new client over the same store: settings, or the name, are other ones. */
  async restart(): Promise<void> {
    const { session } = this;
    // Whoever asks from now on waits for the next one.
    this.#session = undefined;
    await this.#orLookAgain(async () => {
      await session.close();
      await this.#begin(session.open.client.self.entity);
    });
  }

  /**
   * Asks the session that is there, after a change that is going on. Where it ended before it answered, as the client was made anew,
   * the next one is asked: calls may be asked again, see `Calls`.
   * @throws what `work` throws, and what `session` throws where there is none
   */
  async withSession<T>(work: (session: Session) => T | Promise<T>): Promise<T> {
    for (;;) {
      const session = await this.#nextSession();
      try {
        return await work(session);
      } catch (error) {
        if (session === this.#session) throw error;
      }
    }
  }

  async #nextSession(): Promise<Session> {
    for (let turn: Promise<unknown> | undefined; this.#session === undefined && turn !== this.#turn;) {
      turn = this.#turn;
      await turn;
    }
    return this.session;
  }

  /** There is a network, says the person: where nobody has said where a station is, the server is asked again. */
  async connectNow(): Promise<void> {
    await this.withSession((session) => session.connectNow());
    if (this.#settings.station !== undefined) return;
    await this.#server.ask();
    await this.inTurn(async () => this.#heard());
  }

  async settingsChanged(): Promise<void> {
    if (this.#session !== undefined) return this.restart();
    await this.#readSettings(this.store);
    this.#enter(this.#phase);
  }

  async forgetEverything(): Promise<void> {
    this.#host.secret(undefined);
    await this.#leave();
    await this.platform.deleteStore();
    await this.#look();
  }

  /** Tells pages who this is, and how the connection is. */
  async refresh(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    const me = await session.me(this.isSealed);
    if (session === this.#session) this.#enter({ is: 'open', me });
  }

  /** This engine ends. */
  async close(): Promise<void> {
    await this.inTurn(async () => this.#leave());
  }

  async #begin(id: ID): Promise<void> {
    const { store } = this;
    await this.#readSettings(store);
    const self = await deviceOf(store, id);
    const parts = { store, platform: this.platform, config: this.#server.config };
    const session = await openSession(self, parts, {
      tell: (event) => this.#host.tell(event),
      stateChanged: () => void this.refresh().catch((error: unknown) => this.#broke(failureOf(error))),
      broke: (failure) => this.#broke(failure),
    });
    this.#session = session;
    this.#settings = session.open.settings;
    this.#enter({ is: 'open', me: await session.me(this.isSealed) });
  }

  #broke(failure: Failure): void {
    void this.inTurn(async () => {
      await this.#leave();
      this.#enter({ is: 'broken', failure });
    });
  }

  async #leave(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
    const opened = this.#opened;
    this.#opened = undefined;
    await shut(opened);
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#host.tell({ tell: 'state', state: this.state() });
  }
}
