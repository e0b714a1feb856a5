/** The connection to one neighbor: made, and made again, for as long as the station runs. */
import { DimError, isDimError } from 'dimp';
import type { Connection, IncomingPayload, PauseOptions, Transport } from 'dimsdk';
import { Pauses } from 'dimsdk/internal';
import type { Link, LinkUser } from '../ports/link.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { NeighborAddress } from './bridge-options.ts';
import { DialledLink } from './dialled-link.ts';
import { Greeting, HeardBefore } from './greeting.ts';
import { Unsettled } from './unsettled.ts';

/** How long an attempt to connect may take, and the handshake, in seconds. */
const CONNECT_TIME = 30;
const HANDSHAKE_TIME = 30;
/** A connection that has lived so long went well, in seconds. A station may let us in, and end it at once. */
const LONG_ENOUGH = 60;
/** What may come before the station has let us in, and waits for that. */
const MAX_EARLY = 64;

/** What a line is made of. */
export interface LineOptions {
  readonly parts: StationParts;
  readonly address: NeighborAddress;
  readonly transport: Transport;
  readonly pauses: PauseOptions | undefined;
  /** The neighbor has let us in. @returns what takes what it sends */
  readonly opened: (link: Link) => LinkUser;
}

/** Connects, and connects again. */
export class NeighborLine {
  readonly #options: LineOptions;
  readonly #pauses: Pauses;
  readonly #heardBefore = new HeardBefore();
  #problem: string | undefined;
  /** Whether what the station said was not what the one at this address should say: that does not mend itself. */
  #isMistaken = false;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#pauses = new Pauses(options.pauses);
  }

  get address(): NeighborAddress {
    return this.#options.address;
  }

  /** Why the last attempt came to nothing; undefined from the handshake on. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Works until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { parts } = this.#options;
    while (!signal.aborted) {
      this.#isMistaken = false;
      try {
        await this.#through(await this.#connect(signal), signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#failed(error);
      }
      await parts.clock.wait(this.#pauses.next(), signal).catch(ignore);
    }
  }

  #failed(error: unknown): void {
    const { address, parts } = this.#options;
    const code = isDimError(error) ? error.code : 'other';
    const reason = isDimError(error) ? error.reason : String(error);
    const details = { neighbor: address.id.toString(), code, reason };
    // What goes on as it was is told to those who look for it.
    const level = reason === this.#problem ? 'debug' : this.#isMistaken ? 'warn' : 'info';
    this.#problem = reason;
    parts.logger[level]('no connection to a neighbor', details);
  }

  async #connect(signal: AbortSignal): Promise<Connection> {
    const { address, transport, parts } = this.#options;
    const { clock, logger } = parts;
    const attempt = new AbortController();
    const abort = (): void => attempt.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    void clock.wait(CONNECT_TIME, attempt.signal).then(() => attempt.abort(new Error('it took too long')), ignore);
    try {
      return await transport.connect(address, { clock, logger, signal: attempt.signal });
    } finally {
      signal.removeEventListener('abort', abort);
      attempt.abort();
    }
  }

  async #through(connection: Connection, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options.parts;
    const over = new AbortController();
    const close = (): void => void connection.close();
    signal.addEventListener('abort', close, { once: true });
    if (signal.aborted) close();
    void connection.ended.then(() => over.abort());
    let since = Infinity;
    let isLate = false;
    const tooLate = (): void => {
      isLate = since === Infinity;
      if (isLate) close();
    };
    void clock.wait(HANDSHAKE_TIME, over.signal).then(tooLate, ignore);
    try {
      await this.#talk(connection, () => {
        since = clock.now();
      });
      const end = await connection.ended;
      if (end.reason === 'failed') throw end.error;
      if (isLate) throw new DimError('CONNECTION_FAILED', 'the station did not finish the handshake');
    } finally {
      signal.removeEventListener('abort', close);
      if (clock.now() - since >= LONG_ENOUGH) this.#pauses.reset();
      await connection.close();
    }
  }

  /** Reads until the connection ends. */
  async #talk(connection: Connection, isIn: () => void): Promise<void> {
    const { parts, address, opened } = this.#options;
    const link = new DialledLink(connection, address, parts.logger);
    const send = async (bytes: Uint8Array): Promise<void> => connection.send(bytes);
    const greeting = new Greeting({ parts, neighbor: address.id, heardBefore: this.#heardBefore, send });
    const unsettled = new Unsettled();
    void connection.ended.then(() => unsettled.end());
    let user: LinkUser | undefined;
    const early: IncomingPayload[] = [];
    const take = (payload: IncomingPayload): void => user?.receive(payload.bytes, unsettled.add(payload));
    // Its answer is read below.
    const begun = greeting.begin().catch(() => connection.close());
    try {
      for await (const payload of connection.incoming) {
        if (user !== undefined) {
          take(payload);
          await unsettled.room();
          continue;
        }
        this.#isMistaken = true;
        const heard = await greeting.hear(payload.bytes);
        if (heard === 'stranger') throw notNamed(parts);
        this.#isMistaken = false;
        if (heard === 'step') payload.acknowledge();
        else if (early.push(payload) > MAX_EARLY)
          throw new DimError('CONNECTION_FAILED', 'the station did not finish the handshake');
        if (heard !== 'in') continue;
        isIn();
        this.#problem = undefined;
        user = opened(link);
        for (const one of early.splice(0)) take(one);
      }
    } finally {
      link.end();
      user?.ended('left');
      void connection.close();
      await begun;
    }
  }
}

function ignore(): void {
  // It is over.
}

/** It is asked again at each connection. */
function notNamed({ self }: StationParts): DimError {
  const remedy = `it needs ${self.toString()} in its own --neighbors, and until then messages wait here`;
  return new DimError('CONNECTION_FAILED', `the station does not name this one among its neighbors: ${remedy}`);
}
