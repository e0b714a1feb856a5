/** A connection between a client and the station, with what goes wrong on it. */
import { DimError } from 'dimp';
import type { Clock, ConnectionEnd, IncomingPayload } from 'dimsdk';
import { drawFate, drawSeconds, type Fate } from '../chance/fate.ts';
import type { NetworkFaults } from '../chance/faults.ts';
import type { Random } from '../chance/random.ts';
import type { Delivery, StationLine } from '../station/line.ts';
import { Incoming } from './incoming.ts';
import { Lane } from './lane.ts';
import { Overtaking } from './overtaking.ts';

/** The station, as a connection sees it. */
export interface LinkStation {
  /** Takes a payload. It has it then, whatever happens. */
  receive(line: StationLine, bytes: Uint8Array): void;
  /** Says that a connection is no more. */
  closed(line: StationLine): void;
  /** Starts anew. */
  restart(): void;
}

/** What happens on a connection. */
export type LinkEvent = 'opened' | 'arrived' | 'delivered' | 'acknowledged' | 'lost' | 'closed';

/** What a link is made of. */
export interface LinkOptions {
  readonly number: number;
  readonly remote: readonly [host: string, port: number];
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: () => NetworkFaults;
  readonly station: LinkStation;
  /** Told of all that happens. */
  readonly happened: (event: LinkEvent, bytes?: Uint8Array) => void;
  /** What the network says of itself in errors. */
  readonly name: string;
}

/** Where nothing comes, clients wait for so many seconds. */
const MAX_SILENCE = 128;

/** As many payloads may be on their way or unread: of more, the station waits. */
const WINDOW = 256;

/** A connection. */
export class Link implements StationLine {
  readonly number: number;
  readonly remote: readonly [host: string, port: number];
  readonly incoming: Incoming;
  readonly ended: Promise<ConnectionEnd>;
  readonly #options: LinkOptions;
  readonly #random: { readonly up: Random; readonly down: Random };
  readonly #up: Lane;
  readonly #down: Lane;
  readonly #order: Overtaking;
  readonly #pending = new Set<(error: DimError) => void>();
  #end: ((end: ConnectionEnd) => void) | undefined;
  readonly #over = new AbortController();
  #onWay = 0;
  #isSilent = false;

  constructor(options: LinkOptions) {
    this.number = options.number;
    this.remote = options.remote;
    this.#options = options;
    this.#random = { up: options.random.fork('up'), down: options.random.fork('down') };
    this.#up = new Lane(options.clock);
    this.#down = new Lane(options.clock);
    this.#order = new Overtaking(options.clock, () => this.#pump());
    this.incoming = new Incoming(() => this.#pump());
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    options.happened('opened');
  }

  get isOpen(): boolean {
    return this.#end !== undefined;
  }

  /** Whether nothing comes through any more, though neither side knows. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Sends a payload to the station. @returns when the client knows that it has it */
  async send(bytes: Uint8Array): Promise<void> {
    if (!this.isOpen) throw this.#lost();
    const fate = drawFate(this.#random.up, this.#options.faults(), 'up');
    const own = new Uint8Array(bytes);
    await new Promise<void>((resolve, reject) => {
      this.#pending.add(reject);
      this.#up.add(fate.delay, () => {
        if (fate.isSilenced) this.silence();
        this.#arrive(own, fate, () => {
          this.#pending.delete(reject);
          resolve();
        });
      });
    });
  }

  #arrive(bytes: Uint8Array, fate: Fate, acknowledge: () => void): void {
    const { station, happened } = this.#options;
    if (this.#isSilent || fate.cut === 'before-arrival' || fate.isRestart || fate.isLost) happened('lost', bytes);
    else {
      happened('arrived', bytes);
      station.receive(this, bytes);
    }
    if (this.#isSilent) return;
    if (fate.cut === 'before-arrival') return this.fail();
    if (fate.isRestart) return station.restart();
    if (fate.cut === 'after-arrival') return this.fail();
    this.#down.add(fate.returnDelay, () => {
      if (!this.#isSilent) acknowledge();
    });
  }

  push(delivery: Delivery): void {
    if (this.#isSilent || !this.isOpen) return;
    const fate = drawFate(this.#random.down, this.#options.faults(), 'down');
    this.#order.add({ delivery, fate }, fate.isHeldBack);
    // A second time behind the first, or behind what comes in between.
    if (fate.isTwice) this.#order.add({ delivery, fate: { ...fate, cut: undefined } }, fate.isHeldBack);
    this.#pump();
  }

  #pump(): void {
    while (this.#onWay + this.incoming.unread < WINDOW) {
      const next = this.#order.take();
      if (next === undefined) return;
      const { delivery, fate } = next;
      this.#onWay++;
      this.#down.add(fate.delay, () => {
        this.#onWay--;
        if (fate.isSilenced) this.silence();
        this.#deliver(delivery, fate);
      });
    }
  }

  #deliver(delivery: Delivery, fate: Fate): void {
    const isLost = this.#isSilent || !this.isOpen || fate.cut === 'before-delivery';
    this.#options.happened(isLost ? 'lost' : 'delivered', delivery.bytes);
    if (!isLost) this.incoming.add(this.#payload(delivery, fate));
    else if (!this.#isSilent) this.fail();
  }

  #payload({ bytes, acknowledged }: Delivery, fate: Fate): IncomingPayload {
    let isAcknowledged = false;
    return {
      bytes: new Uint8Array(bytes),
      acknowledge: () => {
        if (isAcknowledged || !this.isOpen) return;
        isAcknowledged = true;
        if (fate.cut === 'before-acknowledgement') return this.fail();
        this.#up.add(fate.returnDelay, () => {
          if (this.#isSilent) return;
          this.#options.happened('acknowledged', bytes);
          acknowledged?.();
        });
      },
    };
  }

  /** The network loses it: what is on its way arrives nowhere. */
  fail(): void {
    if (!this.isOpen) return;
    this.#up.close();
    this.#finish({ reason: 'failed', error: this.#lost() });
    void this.#notice();
  }

  /** The station sees it some time later. */
  async #notice(): Promise<void> {
    const { station, clock, faults } = this.#options;
    const seconds = drawSeconds(this.#random.up, faults().unnoticed);
    if (seconds > 0) await clock.wait(seconds);
    station.closed(this);
  }

  /** The station ends it. */
  close(): void {
    if (!this.isOpen) return;
    this.#up.close();
    this.#finish({ reason: 'ended' });
    this.#options.station.closed(this);
  }

  /** The client ends it. What it has sent arrives still. */
  hangUp(): void {
    if (!this.isOpen) return;
    this.#finish({ reason: 'closed' });
    this.#up.add(0, () => this.#options.station.closed(this));
  }

  /** Nothing comes through any more, until the client has waited for long enough. */
  silence(): void {
    if (this.#isSilent || !this.isOpen) return;
    this.#isSilent = true;
    void this.#giveUp();
  }

  async #giveUp(): Promise<void> {
    try {
      await this.#options.clock.wait(MAX_SILENCE, this.#over.signal);
    } catch {
      // It has ended for another reason.
      return;
    }
    this.#up.close();
    this.#finish({ reason: 'silent' });
    this.#options.station.closed(this);
  }

  #finish(end: ConnectionEnd): void {
    if (this.#end === undefined) return;
    this.#end(end);
    this.#end = undefined;
    this.#over.abort();
    this.#down.close();
    for (const reject of this.#pending) reject(this.#lost());
    this.#pending.clear();
    this.incoming.end();
    this.#options.happened('closed');
  }

  #lost(): DimError {
    return new DimError('CONNECTION_LOST', `connection ${this.number} of ${this.#options.name} has ended`);
  }
}
