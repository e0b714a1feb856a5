/**
 * What a neighbor may have missed while there was no way to it: who has logged in here since. It hears that in the words of the users,
 * as they have signed them, and few at a time: the next ones once it has those before.
 */
import type { ID } from 'dimp';
import type { AtStation } from '../directory/logins.ts';
import { readMessage } from '../messages/received-message.ts';
import type { PassedMessage } from '../ports/neighbors.ts';
import { traceHere, withEnvelope } from '../routing/envelopes.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Ways } from './ways.ts';

/** Logins that are on their way at the same time. */
const TOGETHER = 16;
/** A connection may be dead for some time before anybody notices, in seconds. */
const UNNOTICED = 5 * 60;
/** After a start nobody knows since when the neighbor has been away. Whoever has not been here for so long has little waiting, in seconds. */
const LONGEST = 7 * 24 * 60 * 60;

/** One neighbor. */
interface Absence {
  readonly station: ID;
  /** From when on it may have missed something; undefined where it has all. */
  since: number | undefined;
  isTelling: boolean;
}

/** See the top of the file. */
export class MissedLogins {
  readonly #parts: StationParts;
  readonly #ways: Ways;
  readonly #absences = new Map<string, Absence>();
  readonly #work = new Set<Promise<void>>();

  constructor(parts: StationParts, ways: Ways) {
    this.#parts = parts;
    this.#ways = ways;
  }

  /** A way to a neighbor is lost, and what was on it. */
  lost(station: ID): void {
    const absence = this.#absenceOf(station);
    absence.since = Math.min(absence.since ?? Infinity, this.#parts.ages.now() - UNNOTICED);
  }

  /** There is a way to a neighbor. */
  back(station: ID): void {
    const absence = this.#absenceOf(station);
    if (absence.isTelling) return;
    absence.isTelling = true;
    const work = this.#tell(absence).catch((error: unknown) => {
      this.#parts.logger.error('a neighbor could not be told who is here', { error: String(error) });
    });
    this.#work.add(work);
    void work.then(() => this.#work.delete(work));
  }

  /** Ends when nothing is at work any more: soon after the last way is lost. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  #absenceOf(station: ID): Absence {
    const known = this.#absences.get(station.entityKey);
    if (known !== undefined) return known;
    const since = this.#parts.ages.now() - LONGEST;
    const absence = { station: station.entity, since, isTelling: false };
    this.#absences.set(station.entityKey, absence);
    return absence;
  }

  /** Where a way is lost in between, all of it is told again over the next one: what the neighbor has already it drops. */
  async #tell(absence: Absence): Promise<void> {
    const { station } = absence;
    try {
      while (absence.since !== undefined && this.#ways.has(station)) {
        const { since } = absence;
        absence.since = undefined;
        let isTold = false;
        try {
          isTold = await this.#tellSince(since, station);
        } finally {
          if (!isTold) absence.since = Math.min(absence.since ?? Infinity, since);
        }
      }
    } finally {
      // At once: a way may come back before anybody hears of the end.
      absence.isTelling = false;
    }
  }

  /** @returns whether the neighbor has all of it */
  async #tellSince(since: number, station: ID): Promise<boolean> {
    const { logins, self } = this.#parts;
    for (let after: string | undefined; ;) {
      const found = await logins.at(self, after, TOGETHER);
      const told = await Promise.all(
        found
          .filter(({ writtenAt }) => writtenAt >= since)
          .map(async (place) => {
            const message = await this.#messageOf(place, station);
            return message === undefined || this.#ways.send(message, station);
          }),
      );
      if (told.includes(false)) return false;
      after = found.at(-1)?.key;
      if (after === undefined) return true;
    }
  }

  /** The login, for this neighbor alone: others have had it, or are told themselves. */
  async #messageOf({ user, terminal }: AtStation, station: ID): Promise<PassedMessage | undefined> {
    const { dim, logins, self, directory } = this.#parts;
    if (!(await directory.isUser(user))) return undefined;
    const login = (await logins.of(user)).find((one) => one.terminal === terminal);
    const message = login && dim.ReliableMessage.tryParse(login.message);
    // In the meantime it may be elsewhere.
    if (message === undefined || dim.ID.tryParse(login?.station)?.equals(self) !== true) return undefined;
    const received = readMessage(dim, message.encode(), false);
    const recipients = [...new Set([station, ...this.#ways.stations()].map((one) => one.toString()))];
    const bytes = withEnvelope(received, { traces: [traceHere(this.#parts)], recipients });
    return { bytes, signature: received.signature };
  }
}
