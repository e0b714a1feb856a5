/** A link over a WebSocket, as browsers and mobile clients have it: a message in each frame. */
import { DimError } from 'dimp';
import { isSign, LONGEST_SIGN, signBytes } from 'dimsdk/internal';
import type { LinkEnd, OutgoingPayload } from '../ports/link.ts';
import { FramedLink } from './framed-link.ts';
import type { LinkShared } from './link-shared.ts';
import type { PingingSocket } from './link-socket.ts';
import { NumberedPings } from './numbered-pings.ts';
import { OrderedPongs } from './ordered-pongs.ts';
import { ACKNOWLEDGEMENT, WebSocketSends } from './web-socket-sends.ts';

/** An acknowledgement has no more than that: a signature may have 4096 letters. */
const LONGEST_ACKNOWLEDGEMENT = 8192;
/** Frames of one piece that wait because reading has stopped. Of messages, no piece has as many. */
const MOST_FRAMES = 2048;
/** `PING`s that wait for what came before them. */
const MOST_PINGS = 1024;
/** So many seconds a client has for the first `ACK` of a connection, before it is taken for one that gives none. */
const PATIENCE = 2;

const PONG = signBytes('PONG');
const ACK = Uint8Array.from(ACKNOWLEDGEMENT, (letter) => letter.charCodeAt(0));

/** The station's side. Frames come whole: the WebSocket joins them, checks their sizes and answers control frames. */
export class WebSocketLink extends FramedLink<Uint8Array> {
  readonly framing = 'websocket';
  readonly #pinging: PingingSocket;
  readonly #sends: WebSocketSends;
  readonly #pings = new NumberedPings();
  #pongs: OrderedPongs | undefined;
  #frames: Uint8Array[] = [];
  /** What lies before is taken. */
  #first = 0;

  constructor(socket: PingingSocket, shared: LinkShared) {
    super(socket, shared);
    this.#pinging = socket;
    this.#sends = new WebSocketSends(shared.limits, this.waiting);
  }

  /** Bytes of the connection came: of frames, or of parts of them. Called before what they bring. */
  piece(bytes: number): void {
    this.arrived(bytes);
  }

  /** A frame came. The bytes belong to the link from now on. */
  frame(bytes: Uint8Array): void {
    if (this.end !== undefined) return;
    this.intake.whole();
    this.#frames.push(bytes);
    this.pump();
    if (this.#frames.length - this.#first <= MOST_FRAMES) return;
    this.failed(new DimError('INPUT_LIMIT', `more than ${MOST_FRAMES} frames came at once`));
  }

  /** A control frame came, and was answered. It may stand between the parts of another one. */
  control(bytes: number): void {
    if (this.end !== undefined) return;
    this.intake.aside(bytes);
  }

  /** A pong came, with its payload. */
  pong(payload: Uint8Array): void {
    const position = this.#pings.pong(payload);
    if (position === undefined || this.end !== undefined) return;
    for (const each of this.#sends.reached(position)) this.acknowledged(each);
    this.taken();
  }

  protected override deliver(payload: OutgoingPayload): void {
    this.outgoing.add(payload.bytes);
    this.#sends.add(payload, this.outgoing.end, this.shared.time.now());
  }

  protected override next(): Uint8Array | undefined {
    const frame = this.#frames[this.#first];
    this.#first += 1;
    if (this.#first < this.#frames.length) return frame;
    this.#frames = [];
    this.#first = 0;
    return frame;
  }

  protected override handle(frame: Uint8Array): void {
    if (isAcknowledgement(frame)) {
      if (frame.length > LONGEST_ACKNOWLEDGEMENT) throw new DimError('INPUT_LIMIT', 'an acknowledgement is too long');
      const found = this.#sends.acknowledged(frame);
      for (const payload of found) this.acknowledged(payload);
      // One that matches nothing has cost a look at all.
      if (found.length === 0) this.intake.charge(1);
      return;
    }
    if (frame.length > LONGEST_SIGN) return this.#take(frame);
    this.sign();
    if (isSign(frame, 'PING')) this.#ping();
  }

  protected override unanswered(now: number): LinkEnd | undefined {
    if (this.#sends.isFull) return 'slow';
    const since = this.#sends.asksSince(this.outgoing.taken);
    if (since === undefined) this.#pings.clear();
    else if (now >= since + PATIENCE) this.#ask();
    // A pong that came is not read now.
    if (this.isPaused) this.#pings.excuse(this.#pongBy());
    return this.#pings.isOverdue(now) ? 'silent' : undefined;
  }

  protected override taken(): void {
    // Who answers such questions gives no other word: there is nothing to wait for.
    if (this.#pings.hasAnswered && this.#sends.asksSince(this.outgoing.taken) !== undefined) this.#ask();
  }

  protected override get sentSince(): number {
    return this.#sends.since;
  }

  protected override forget(): void {
    this.#sends.clear();
    this.#pings.clear();
    this.#frames = [];
    this.#pongs = undefined;
  }

  /** Asks whether all has come that the network has taken. */
  #ask(): void {
    if (!this.#pings.isWaiting) this.#pinging.ping(this.#pings.ping(this.outgoing.taken, this.#pongBy()));
  }

  /** When a pong is late: like silence, beside the time that what was sent before may take. */
  #pongBy(): number {
    const { idleSeconds, leastBytesPerSecond } = this.shared.limits;
    return this.shared.time.now() + idleSeconds + this.#sends.bytes / leastBytesPerSecond;
  }

  #take(frame: Uint8Array): void {
    this.#pongs ??= new OrderedPongs();
    const pongs = this.#pongs;
    const number = pongs.payload();
    this.receive(frame, () => this.#pong(pongs.kept(number)));
  }

  #ping(): void {
    if (this.#pongs === undefined || this.#pongs.ping()) return this.#pong(1);
    if (this.#pongs.size > MOST_PINGS) throw new DimError('INPUT_LIMIT', `more than ${MOST_PINGS} PINGs wait`);
  }

  #pong(count: number): void {
    for (let index = 0; index < count; index += 1) this.outgoing.add(PONG);
  }
}

function isAcknowledgement(frame: Uint8Array): boolean {
  return frame.length > ACK.length && ACK.every((byte, index) => frame[index] === byte);
}
