/** Asking neighbors for those whom nobody here knows. */
import type { ID, JsonMap } from 'dimp';
import { textOf } from 'dimp/extend';
import { readMessage } from '../messages/received-message.ts';
import { traceHere, withEnvelope } from '../routing/envelopes.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Ways } from './ways.ts';

/** How long nobody is asked again for the same, in seconds. */
const PAUSE = 10 * 60;
/** For how many in that time: senders are invented easily. */
const MOST = 4096;

/** Asks each ID once in a while. */
export class Questions {
  readonly #parts: StationParts;
  readonly #ways: Ways;
  /** When somebody was asked for, the oldest first. */
  readonly #asked = new Map<string, number>();

  constructor(parts: StationParts, ways: Ways) {
    this.#parts = parts;
    this.#ways = ways;
  }

  ask(id: ID): void {
    const now = this.#parts.clock.now();
    for (const [key, time] of this.#asked) {
      if (now - time < PAUSE) break;
      this.#asked.delete(key);
    }
    if (id.isBroadcast || id.equals(this.#parts.self) || this.#asked.has(id.entityKey)) return;
    if (this.#asked.size >= MOST || this.#ways.stations().length === 0) return;
    this.#asked.set(id.entityKey, now);
    void this.#ask(id.entity.toString());
  }

  async #ask(did: string): Promise<void> {
    try {
      // The meta first: without it no document is believed.
      for (const command of ['meta', 'documents']) await this.#say({ command, did });
    } catch (error) {
      this.#parts.logger.error('neighbors could not be asked', { error: String(error) });
    }
  }

  async #say(fields: JsonMap): Promise<void> {
    const parts = this.#parts;
    const all = parts.dim.ID.parse('stations@everywhere');
    // Who does not know this station cannot answer it.
    const { message } = await parts.writer.packMessage(parts.content(fields), all, { introduce: true });
    const stations = this.#ways.stations();
    const recipients = stations.map((station) => station.toString());
    const received = readMessage(parts.dim, message.encode(), true);
    const bytes = withEnvelope(received, { traces: [traceHere(parts)], recipients });
    for (const station of stations) this.#ways.pass({ bytes, signature: textOf(message.fields, 'signature') }, station);
  }
}
