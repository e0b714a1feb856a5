/** Stations that log in and are no neighbors: whoever operates this one may have forgotten them. */
import type { ID } from 'dimp';
import type { Logger } from 'dimsdk';

/** Of as many it is said: anybody can make stations without end. */
const MOST = 32;

/** Says it once of each. */
export class StrangeStations {
  readonly #logger: Logger;
  readonly #met = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  met(station: ID): void {
    if (this.#met.has(station.entityKey) || this.#met.size >= MOST) return;
    this.#met.add(station.entityKey);
    this.#logger.warn('a station has logged in that is no neighbor here: what it brings of its users is refused', {
      station: station.toString(),
      remedy: 'if it is to be one, name it in --neighbors here too',
    });
  }
}
