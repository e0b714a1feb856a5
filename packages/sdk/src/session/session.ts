/**
 * A session: one connection to a station, from the handshake on.
 *
 * | step | who | what |
 * |---|---|---|
 * | 1 | client | `Hello world!`, in the clear, with meta and visa |
 * | 2 | station | `DIM?` with a session key |
 * | 3 | client | `Hello world!` with that key, encrypted |
 * | 4 | station | `DIM!` |
 *
 * Stations ignore a message that comes again: each try is a new one. What was stored may come before step 4.
 */
import { ANYWHERE, DimError, EVERYWHERE, HandshakeCommand, type Content, type ID } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { Connection, IncomingPayload } from '../ports/connection.ts';
import { batchesOf } from './batches.ts';

/** What a session asks of the client around it. */
export interface SessionHost {
  /** Keeps and acknowledges what came in. @throws DimError `STORE_…` */
  receive(payloads: readonly IncomingPayload[]): Promise<void>;
  /** The station that is to be at this address, where one is known. */
  readonly expected: ID | undefined;
  /** The handshake is done. What is begun here ends with the signal. */
  running(station: ID, signal: AbortSignal): Promise<void>;
  /** The station asked again, and let us in again: it has forgotten what it was told in between. */
  renewed(): Promise<void>;
}

/** How long the handshake may take, in seconds. */
const HANDSHAKE_TIME = 30;

/** `EntityType.STATION` and `EntityType.ISP`. */
const STATION_TYPES: ReadonlySet<number> = new Set([0x02, 0x03]);

/** What stations of this project say to those whom they do not let in. */
const NOT_LET_IN: ReadonlySet<string> = new Set(['Sender not accepted.', 'This station takes no new users.']);

/** How often a station may ask for its key to be said again. */
const MAX_TRIES = 5;

/** How a message is sent that belongs to this connection alone. */
export interface CommandOptions {
  /** Whether to attach our meta and visa. */
  readonly introduce?: boolean;
}

/** One connection, and what is said at its beginning. */
export class Session<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #connection: Connection;
  readonly #host: SessionHost;
  readonly #over = new AbortController();
  /** What was begun and has not ended. */
  readonly #work = new Set<Promise<void>>();
  #tries = 0;
  /** Another station than that of this address, which has written too. */
  #other: ID | undefined;
  #station: ID | undefined;
  #isRunning = false;
  #payloadBytes: number | undefined;
  #failure: Error | undefined;

  constructor(device: OwnDevice<C>, connection: Connection, host: SessionHost) {
    this.#device = device;
    this.#connection = connection;
    this.#host = host;
    this.#station = host.expected;
  }

  /** Whose connection it is, once that is known. */
  get station(): ID | undefined {
    return this.#isRunning ? this.#station : undefined;
  }

  /** The largest message that the station takes, in bytes, where it has said so. */
  get payloadBytes(): number | undefined {
    return this.#payloadBytes;
  }

  get isRunning(): boolean {
    return this.#isRunning && !this.#over.signal.aborted;
  }

  /**
   * Works until the connection ends.
   * @throws why it was ended from here: DimError `STORE_…`, `CONNECTION_FAILED` for a handshake that came to nothing
   */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#device;
    const close = (): void => void this.#connection.close();
    signal.addEventListener('abort', close, { once: true });
    if (signal.aborted) close();
    this.#begin(async () => this.#read());
    this.#begin(async () => this.#greet());
    this.#begin(async () => {
      await clock.wait(HANDSHAKE_TIME, this.#over.signal);
      if (this.#isRunning) return;
      throw this.#other === undefined
        ? new DimError('CONNECTION_FAILED', 'the station did not finish the handshake')
        : notExpected(this.#other);
    });
    const end = await this.#connection.ended;
    this.#over.abort();
    signal.removeEventListener('abort', close);
    if (end.reason === 'failed') this.#failure ??= end.error;
    // What came before the end is kept before another session begins.
    for (const work of this.#work) await work;
    // It has ended; what it holds of the platform may take a moment more.
    await this.#connection.close();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Sends a message that is of no use to anybody once this connection is gone. */
  async command(content: Content, receiver: ID, options: CommandOptions = {}): Promise<void> {
    const { store, messenger } = this.#device;
    const bytes = await store.exclusive(async () => {
      const { message } = await messenger.packMessage(content, receiver, options);
      return message.encode();
    });
    await this.#connection.send(bytes);
  }

  /** A handshake came in, and its sender is who it says. */
  heard(handshake: HandshakeCommand, sender: ID): void {
    if (handshake.state !== 'again' && handshake.state !== 'success') return;
    // Anybody can write a handshake, and what was stored may come before that of the station.
    if (!STATION_TYPES.has(sender.type)) return;
    if (this.#station?.equals(sender) === false) {
      const { logger } = this.#device;
      logger.warn('a handshake of another than the station', { sender: sender.toString() });
      this.#other ??= sender;
      return;
    }
    // It lets nobody in who has not said its key.
    if (handshake.state === 'success' && this.#tries === 0 && !this.#isRunning) return;
    // It has asked too often already, and the connection is about to end.
    if (this.#tries > MAX_TRIES) return;
    this.#station = sender.entity;
    this.#begin(async () => this.#answer(handshake, sender));
  }

  /** A receipt came in, and its sender is who it says: before the handshake is done, it says why that is not. */
  told(text: string, sender: ID): void {
    if (this.#isRunning || !NOT_LET_IN.has(text) || !STATION_TYPES.has(sender.type)) return;
    if (this.#station?.equals(sender) === false) return;
    this.#fail(new DimError('CONNECTION_FAILED', `the station does not let us in, and says: ${text}`));
  }

  async #answer({ state, session, payloadBytes }: HandshakeCommand, station: ID): Promise<void> {
    if (state === 'success') {
      this.#payloadBytes = payloadBytes;
      this.#tries = 0;
      if (this.#isRunning) return this.#host.renewed();
      this.#isRunning = true;
      await this.#host.running(station, this.#over.signal);
      return;
    }
    // It may ask again while we are in: a station that was started anew behind the same proxy knows nobody.
    if (session === undefined || ++this.#tries > MAX_TRIES)
      throw new DimError('CONNECTION_FAILED', 'the station does not accept the handshake');
    await this.command(HandshakeCommand.offer(session, { ...this.#device.writtenNow, station }), station);
  }

  async #greet(): Promise<void> {
    const { dim } = this.#device;
    const stations = dim.ID.create({ name: 'stations', address: EVERYWHERE });
    const receiver = dim.ID.create({ name: 'station', address: ANYWHERE });
    const offer = HandshakeCommand.offer(undefined, { ...this.#device.writtenNow, group: stations });
    await this.command(offer, receiver, { introduce: true });
  }

  async #read(): Promise<void> {
    for await (const batch of batchesOf(this.#connection.incoming)) await this.#host.receive(batch);
  }

  #begin(work: () => Promise<void>): void {
    const guarded = this.#guard(work);
    this.#work.add(guarded);
    void guarded.then(() => this.#work.delete(guarded));
  }

  /** What fails ends the connection; what fails because that has ended is no news. */
  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#over.signal.aborted) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error('the session failed', { cause: error });
    void this.#connection.close();
  }
}

function notExpected(sender: ID): DimError {
  return new DimError('CONNECTION_FAILED', `another station answers, ${sender.toString()}: has it a new identity?`);
}
