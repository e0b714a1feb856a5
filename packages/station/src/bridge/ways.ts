/** The ways to other stations: connections that this one has made, and those that they have made. */
import type { ID } from 'dimp';
import type { Link } from '../ports/link.ts';
import type { PassedMessage, Passing } from '../ports/neighbors.ts';
import type { BridgeLimits } from './bridge-options.ts';

/** One connection, and what is on its way there. */
interface Way {
  readonly station: ID;
  readonly link: Link;
  /** Whether this station has made it, and sees soon when it is dead. */
  readonly isOwn: boolean;
  messages: number;
  bytes: number;
  /** Those who wait for an answer. */
  readonly lost: Set<() => void>;
}

/** Sends over one way at a time, so that nothing arrives twice that was sent once. */
export class Ways {
  readonly #limits: BridgeLimits;
  readonly #byLink = new Map<Link, Way>();
  /** The best one first. */
  readonly #byStation = new Map<string, readonly Way[]>();

  constructor(limits: BridgeLimits) {
    this.#limits = limits;
  }

  open(station: ID, link: Link, isOwn: boolean): void {
    const way = { station, link, isOwn, messages: 0, bytes: 0, lost: new Set<() => void>() };
    this.#byLink.set(link, way);
    const others = this.#to(station);
    // Of those that they have made, an old one may be dead, and nobody has noticed yet.
    const own = others.filter((other) => other.isOwn);
    const theirs = others.filter((other) => !other.isOwn);
    this.#byStation.set(station.entityKey, isOwn ? [way, ...others] : [...own, way, ...theirs]);
  }

  /** @returns the station that it led to; undefined for a link that was no way */
  close(link: Link): ID | undefined {
    const way = this.#byLink.get(link);
    if (way === undefined) return undefined;
    this.#byLink.delete(link);
    const left = this.#to(way.station).filter((other) => other !== way);
    if (left.length === 0) this.#byStation.delete(way.station.entityKey);
    else this.#byStation.set(way.station.entityKey, left);
    for (const lost of way.lost) lost();
    return way.station;
  }

  has(station: ID): boolean {
    return this.#to(station).length > 0;
  }

  /** Those to which there is a way. */
  stations(): readonly ID[] {
    return [...this.#byStation.values()].flatMap(([way]) => (way === undefined ? [] : [way.station]));
  }

  /** Sends a message, where not too much waits for that station already. */
  pass(message: PassedMessage, station: ID): Passing {
    const [way] = this.#to(station);
    if (way === undefined) return 'unreachable';
    const { unansweredMessages, unansweredBytes } = this.#limits;
    const isFull = way.messages >= unansweredMessages || way.bytes + message.bytes.length > unansweredBytes;
    if (isFull) return 'unreachable';
    void this.#send(way, message);
    return 'redirected';
  }

  /** Sends a message. @returns whether that station has it */
  async send(message: PassedMessage, station: ID): Promise<boolean> {
    const [way] = this.#to(station);
    return way === undefined ? false : this.#send(way, message);
  }

  async #send(way: Way, { bytes, signature }: PassedMessage): Promise<boolean> {
    way.messages += 1;
    way.bytes += bytes.length;
    const isThere = await new Promise<boolean>((resolve) => {
      const lost = (): void => resolve(false);
      way.lost.add(lost);
      const acknowledged = (): void => {
        way.lost.delete(lost);
        resolve(true);
      };
      way.link.send({ bytes, signature, acknowledged });
    });
    way.messages -= 1;
    way.bytes -= bytes.length;
    return isThere;
  }

  #to(station: ID): readonly Way[] {
    return this.#byStation.get(station.entityKey) ?? [];
  }
}
