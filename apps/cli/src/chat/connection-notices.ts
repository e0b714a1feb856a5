/** How the connection is, in a few lines: told when it changes for the person, not with each attempt. */
import { isDimError } from 'dimp';
import type { ConnectionState } from 'dimsdk';
import { printable } from '../text/printable.ts';

/** A line about the connection. */
export interface ConnectionNotice {
  readonly state: 'online' | 'offline';
  readonly text: string;
}

/** Says what is worth saying. */
export class ConnectionNotices {
  readonly #station: string;
  readonly #now: () => number;
  #last: 'online' | 'offline' | undefined;

  /** @param now seconds since 1970 */
  constructor(station: string, now: () => number) {
    this.#station = printable(station);
    this.#now = now;
  }

  /** A line, or nothing. */
  of(state: ConnectionState): ConnectionNotice | undefined {
    if (state.is === 'connecting' || state.is === 'handshaking') return undefined;
    // Before the first attempt there is nothing to say.
    if (state.is === 'offline' && state.error === undefined && this.#last === undefined) return undefined;
    if (state.is === this.#last) return undefined;
    this.#last = state.is;
    if (state.is === 'online') return { state: 'online', text: `online, at ${this.#station}` };
    const reason = isDimError(state.error) ? ` (${printable(state.error.reason)})` : '';
    const again =
      state.retryAt === undefined
        ? ''
        : `; the next attempt is in ${Math.max(1, Math.round(state.retryAt - this.#now()))} s`;
    return { state: 'offline', text: `offline${reason}: what you write waits here, and goes out later${again}` };
  }
}
