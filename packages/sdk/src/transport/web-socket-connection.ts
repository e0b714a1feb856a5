/** A connection over a WebSocket, as browsers and mobile clients have it. */
import { DimError } from 'dimp';
import { checkArguments, decodeUtf8, within } from 'dimp/extend';
import type { Clock } from '../ports/clock.ts';
import type { Connection, ConnectionEnd, IncomingPayload } from '../ports/connection.ts';
import { LONGEST_SIGN, payloadArgument, type ConnectionLimits } from './connection-limits.ts';
import { IncomingQueue, queueBounds } from './incoming-queue.ts';
import { KeepAlive } from './keep-alive.ts';
import { failure, Lifetime, MOMENT } from './lifetime.ts';
import { acknowledgementsOf } from './message-acknowledgement.ts';
import { WebSocketSends } from './web-socket-sends.ts';
import {
  OPEN,
  payloadOf,
  socketFailure,
  type WebSocketEvent,
  type WebSocketExtras,
  type WebSocketLike,
} from './web-socket.ts';

/** More than that may not wait to be taken by the network, beside what was sent. */
const MOST_ANSWERS = 1024 * 1024;

/** Codes with which the other side ends a connection that it has nothing against. */
const PLAIN_ENDS: ReadonlySet<number | undefined> = new Set([undefined, 1000, 1001, 1005, 1006, 1012, 1013]);

/** How a {@link WebSocketConnection} is made. */
export interface WebSocketConnectionOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
}

/** A client's side. Payloads go out as text; what comes in may be text or bytes. */
export class WebSocketConnection implements Connection {
  readonly name: string;
  readonly incoming: AsyncIterable<IncomingPayload>;
  readonly ended: Promise<ConnectionEnd>;
  readonly #socket: WebSocketLike & WebSocketExtras;
  readonly #clock: Clock;
  readonly #limits: ConnectionLimits;
  readonly #life = new Lifetime((error) => this.#finish(failure(error)));
  readonly #alive: KeepAlive;
  readonly #queue = new IncomingQueue();
  readonly #sends: WebSocketSends;
  #isPaused = false;
  #closing: Promise<void> | undefined;

  /** @param socket one that has just opened: what it brings from now on is heard */
  constructor(socket: WebSocketLike & WebSocketExtras, { name, clock, limits }: WebSocketConnectionOptions) {
    this.name = name;
    this.incoming = { [Symbol.asyncIterator]: () => this.#queue[Symbol.asyncIterator]() };
    this.ended = this.#life.ended;
    this.#socket = socket;
    this.#clock = clock;
    this.#limits = limits;
    this.#alive = new KeepAlive(clock.now());
    const { unansweredSends: sends, unansweredBytes: bytes } = limits;
    this.#sends = new WebSocketSends((text) => this.#say(text), clock, { sends, bytes });
    socket.addEventListener('message', ({ data }) => this.#take(data));
    socket.addEventListener('error', ({ error }) => this.#finish(failure(socketFailure(error))));
    socket.addEventListener('close', (event) => this.#closed(event));
    void this.#life.attend(clock, this.#alive.next, (now) => this.#step(now));
  }

  async send(bytes: Uint8Array): Promise<void> {
    const payload = payloadArgument(bytes, this.#limits);
    const text = checkArguments(() => within('bytes', () => decodeUtf8(payload)));
    if (this.#closing !== undefined || this.#life.end !== undefined) throw this.#life.lost();
    const sent = this.#sends.send(text, payload.length);
    // Its answer may stand behind more than was to be read before.
    this.#queue.wake();
    return sent;
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#sends.hurry();
    await Promise.race([this.#sends.idle(), this.#life.wait(this.#clock, MOMENT)]);
    if (this.#life.end !== undefined) return;
    // Without reading, the answer to it would never be seen.
    this.#socket.resume?.();
    this.#socket.close(1000);
    // Deployed stations do not answer, and would go on.
    await this.#life.wait(this.#clock, MOMENT);
    this.#finish({ reason: 'closed' });
  }

  #finish(end: ConnectionEnd): void {
    if (!this.#life.finish(this.#closing === undefined ? end : { reason: 'closed' })) return;
    this.#queue.end();
    this.#sends.fail(this.#life.lost());
    if (this.#socket.terminate === undefined) this.#socket.close();
    else this.#socket.terminate();
  }

  #closed({ code }: WebSocketEvent): void {
    if (PLAIN_ENDS.has(code)) return this.#finish({ reason: 'ended' });
    const error = new DimError('CONNECTION_LOST', `the other side closed the WebSocket with code ${String(code)}`);
    this.#finish(failure(error));
  }

  #step(now: number): number {
    if (this.#sends.isOverdue(now))
      this.#finish(failure(new DimError('CONNECTION_LOST', 'the other side does not answer')));
    const step = this.#alive.step(now);
    if (step === 'give-up') this.#finish({ reason: 'silent' });
    if (step === 'ask') this.#sends.ask();
    return this.#alive.next;
  }

  #say(text: string): void {
    if (this.#life.end !== undefined) return;
    if (this.#socket.readyState === OPEN) this.#socket.send(text);
    this.#alive.wrote(this.#clock.now());
    const { unansweredBytes, payloadBytes } = this.#limits;
    if (this.#closing !== undefined || this.#socket.bufferedAmount <= unansweredBytes + payloadBytes + MOST_ANSWERS)
      return;
    this.#finish(failure(new DimError('CONNECTION_LOST', 'the other side does not take what it is sent')));
  }

  #take(data: unknown): void {
    if (this.#life.end !== undefined) return;
    this.#alive.heard(this.#clock.now());
    try {
      const { text, bytes } = payloadOf(data, this.#limits.payloadBytes);
      if (text === 'PING') return this.#say('PONG');
      if (text === 'PONG') return this.#sends.answered();
      // Beside what is no message, what acknowledges one.
      if (bytes.length <= LONGEST_SIGN || text.startsWith('ACK:')) return;
      this.#receive(text, bytes);
    } catch (error) {
      this.#finish(failure(error));
    }
  }

  #receive(text: string, bytes: Uint8Array): void {
    let acknowledgements = acknowledgementsOf(text);
    const acknowledge = (): void => {
      for (const acknowledgement of acknowledgements) this.#say(acknowledgement);
      acknowledgements = [];
    };
    this.#queue.push({ bytes, acknowledge });
    if (!this.#isFull) return;
    if (this.#socket.pause !== undefined) void this.#pause();
    else if (this.#queue.isFull(queueBounds(this.#limits, true)))
      this.#finish(failure(new DimError('INPUT_LIMIT', 'more comes than is read (limits.mostWaitingPayloads)')));
  }

  get #isFull(): boolean {
    return this.#queue.isFull(queueBounds(this.#limits, !this.#sends.isIdle));
  }

  async #pause(): Promise<void> {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#socket.pause?.();
    this.#alive.hold();
    while (this.#isFull && this.#life.end === undefined) await this.#queue.changed();
    this.#isPaused = false;
    this.#alive.release(this.#clock.now());
    this.#socket.resume?.();
  }
}
