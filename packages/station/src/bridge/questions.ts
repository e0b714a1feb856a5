/** Asking neighbors for those whom nobody here knows. */
import type { ID, JsonMap } from 'dimp';
import { textOf } from 'dimp/extend';
import { readMessage } from '../messages/received-message.ts';
import { traceHere, withEnvelope } from '../routing/envelopes.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Ways } from './ways.ts';

/** How long nobody is asked again for the same, in seconds. */
const PAUSE = 10 * 60;
/** For how many in that time: senders are invented easily. For as many whom users ask for, and as many who have sent a message. */
const MOST = 4096;
/** For how many one user may ask in that time: so no user keeps the others from it. */
const MOST_OF_ONE = 64;

/** A question. */
interface Asked {
  readonly at: number;
  readonly asker: string;
}

/** No user's key. */
const SENDERS = '';

/** Asks each ID once in a while. */
export class Questions {
  readonly #parts: StationParts;
  readonly #ways: Ways;
  /** Who was asked for, the oldest first. */
  readonly #asked = new Map<string, Asked>();
  /** For how many each has asked. */
  readonly #counts = new Map<string, number>();

  constructor(parts: StationParts, ways: Ways) {
    this.#parts = parts;
    this.#ways = ways;
  }

  ask(id: ID, by: ID | undefined): void {
    const at = this.#parts.clock.now();
    this.#forget(at);
    if (id.isBroadcast || id.equals(this.#parts.self) || this.#asked.has(id.entityKey)) return;
    const asker = by?.entityKey ?? SENDERS;
    if (!this.#mayAsk(asker) || this.#ways.stations().length === 0) return;
    this.#asked.set(id.entityKey, { at, asker });
    this.#count(asker, 1);
    void this.#ask(id.entity.toString());
  }

  #mayAsk(asker: string): boolean {
    const ofSenders = this.#counts.get(SENDERS) ?? 0;
    if (asker === SENDERS) return ofSenders < MOST;
    return (this.#counts.get(asker) ?? 0) < MOST_OF_ONE && this.#asked.size - ofSenders < MOST;
  }

  #forget(now: number): void {
    for (const [key, { at, asker }] of this.#asked) {
      // A clock that was set back keeps nobody waiting.
      if (Math.abs(now - at) < PAUSE) break;
      this.#asked.delete(key);
      this.#count(asker, -1);
    }
  }

  #count(asker: string, more: 1 | -1): void {
    const count = (this.#counts.get(asker) ?? 0) + more;
    if (count === 0) this.#counts.delete(asker);
    else this.#counts.set(asker, count);
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
