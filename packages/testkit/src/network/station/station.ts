/** A station: it takes payloads one after the other, and remembers what it must. */
import { isDimError, type DimError, type ID, type ReliableMessage } from 'dimp';
import type { StationLine } from './line.ts';
import type { KeptMessage } from './message-store.ts';
import { Router } from './router.ts';
import { Session } from './session.ts';
import { StationContext, type StationOptions } from './station-context.ts';

/** What a station tells of. */
export interface StationEvents {
  /** A payload, or a message in it, of which nothing becomes. */
  readonly refused: (line: StationLine, why: DimError) => void;
  /** Something goes on until the promise is settled. */
  readonly working: (work: Promise<void>) => void;
}

/** Digits of a session key. */
const KEY_LENGTH = 64;

/** What is shorter is for the transport. */
const MIN_LENGTH = 5;

/** A station. */
export class Station {
  readonly #context: StationContext;
  readonly #router: Router;
  readonly #events: StationEvents;
  #last: Promise<void> = Promise.resolve();
  /** A fault of the station itself: nothing after it can be relied on. */
  #fault: { readonly error: unknown } | undefined;

  constructor(options: StationOptions, events: StationEvents) {
    this.#context = new StationContext(options);
    this.#events = events;
    this.#router = new Router(this.#context, ({ line }, _message, error) => events.refused(line, error));
  }

  /** A client has connected. */
  opened(line: StationLine): void {
    const key = this.#context.random.fork(`session ${line.number}`).hex(KEY_LENGTH);
    this.#router.sessions.add(new Session(line, key));
  }

  /** A connection is no more. What came over it before is dealt with first. */
  closed(line: StationLine): void {
    this.#inTurn(async () => this.#router.sessions.remove(line));
  }

  /** Takes a payload: it has it then. @throws what went wrong in the station itself */
  receive(line: StationLine, bytes: Uint8Array): void {
    this.#check();
    this.#inTurn(async () => {
      const session = this.#router.sessions.of(line);
      if (session !== undefined) for (const one of linesOf(bytes)) await this.#take(session, one);
    });
  }

  async #take(session: Session, bytes: Uint8Array): Promise<void> {
    const message = this.#read(session, bytes);
    if (message !== undefined) await this.#router.route(session, message);
  }

  #read(session: Session, bytes: Uint8Array): ReliableMessage | undefined {
    try {
      return this.#context.dim.ReliableMessage.decode(bytes);
    } catch (error) {
      if (!isDimError(error)) throw error;
      this.#events.refused(session.line, error);
      return undefined;
    }
  }

  /** Starts anew: what is stored stays. The connections are for the caller to end. */
  restart(): void {
    this.#inTurn(async () => this.#router.restart());
  }

  /** All is done that has come. @throws what went wrong in the station itself */
  async settled(): Promise<void> {
    await this.#last;
    this.#check();
  }

  #check(): void {
    if (this.#fault !== undefined) throw this.#fault.error;
  }

  get sessions(): readonly Session[] {
    return this.#router.sessions.all();
  }

  get kept(): readonly KeptMessage[] {
    return this.#router.deliveries.kept.all();
  }

  /** Keeps a message for somebody. */
  keep(message: ReliableMessage, receiver: ID): void {
    const keptAt = this.#context.clock.now();
    this.#router.deliveries.kept.keep({ receiver, message, bytes: message.encode(), keptAt });
  }

  /** The active sessions of a user; at a terminal, where the ID has one. */
  sessionsOf(user: ID): readonly Session[] {
    return this.sessions.filter(
      ({ id }) => id !== undefined && id.equals(user) && (user.terminal === undefined || user.terminal === id.terminal),
    );
  }

  #inTurn(action: () => Promise<void>): void {
    const before = this.#last;
    const work = (async () => {
      await before;
      try {
        await action();
      } catch (error) {
        this.#fault ??= { error };
      }
    })();
    this.#last = work;
    this.#events.working(work);
  }
}

/** The messages in a payload: each is in a line. */
function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes[0] !== BRACE) return bytes.length < MIN_LENGTH ? [] : [bytes];
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; index <= bytes.length; index++) {
    const byte = bytes[index];
    if (index < bytes.length && byte !== NEW_LINE && byte !== RETURN) continue;
    if (index - start >= MIN_LENGTH) lines.push(bytes.subarray(start, index));
    start = index + 1;
  }
  return lines;
}

const BRACE = 0x7b;
const NEW_LINE = 0x0a;
const RETURN = 0x0d;
