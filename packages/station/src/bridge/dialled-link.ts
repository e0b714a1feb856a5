/** A connection that the station has made itself, as a link. */
import { isDimError } from 'dimp';
import type { Connection, Logger, StationAddress } from 'dimsdk';
import type { Link, OutgoingPayload } from '../ports/link.ts';

/** See the top of the file. */
export class DialledLink implements Link {
  readonly framing = 'mtp';
  readonly host: string;
  readonly port: number;
  readonly #connection: Connection;
  readonly #logger: Logger;
  #waitingBytes = 0;
  #isOver = false;

  constructor(connection: Connection, { host, port }: StationAddress, logger: Logger) {
    this.host = host;
    this.port = port;
    this.#connection = connection;
    this.#logger = logger;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  send(payload: OutgoingPayload): void {
    if (!this.#isOver) void this.#send(payload);
  }

  close(): void {
    void this.#connection.close();
  }

  /** Nothing is sent or acknowledged any more. */
  end(): void {
    this.#isOver = true;
  }

  async #send({ bytes, acknowledged }: OutgoingPayload): Promise<void> {
    this.#waitingBytes += bytes.length;
    try {
      await this.#connection.send(bytes);
      if (!this.#isOver) acknowledged?.();
    } catch (error) {
      // Whether it arrived is not known: it goes out again over the next connection, where it is kept.
      if (!this.#isOver)
        this.#logger.debug('a message could not be sent', { code: isDimError(error) ? error.code : 'other' });
      this.close();
    } finally {
      this.#waitingBytes -= bytes.length;
    }
  }
}
