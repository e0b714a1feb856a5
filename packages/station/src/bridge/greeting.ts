/**
 * The handshake with another station, as its client. Both sides prove who they are: this station signs the key of the other one,
 * and the other one signs what it says. Whoever is between them can pass all of that on, as deployed stations know no TLS: who
 * wants to be sure of what stations write into envelopes connects `secure`.
 */
import { DimError, EntityType, isDimError, type Content, type ID, type JsonMap } from 'dimp';
import { BoundedCache } from 'dimp/internal';
import { commandOf } from '../answers/answer-any.ts';
import { isNoNeighbor } from '../answers/answer-handshake.ts';
import { textField } from '../answers/answer.ts';
import { linesOf } from '../messages/lines.ts';
import { readMessage } from '../messages/received-message.ts';
import type { StationParts } from '../sessions/parts.ts';

/** How far the clock of another station may differ, in seconds: what is older may have been said in another handshake. */
const MAX_SKEW = 30 * 60;
/** How often a station may ask. */
const MAX_TRIES = 5;

/** What a payload was. */
export type Heard =
  /** The station has let us in. */
  | 'in'
  /** It has let us in as a client alone: it does not name us among its neighbors, and would refuse what others wrote. */
  | 'stranger'
  /** A step of the handshake. */
  | 'step'
  /** Something else. */
  | 'other';

/** Answers that were heard before: whoever has recorded them is not the station. */
export class HeardBefore {
  readonly #marks = new BoundedCache<string, true>(4096);

  /** Notes it. @returns whether it was heard already */
  has(mark: string): boolean {
    const isKnown = this.#marks.get(mark) === true;
    this.#marks.set(mark, true);
    return isKnown;
  }
}

/** What one handshake is made of. */
export interface GreetingOptions {
  readonly parts: StationParts;
  readonly neighbor: ID;
  readonly heardBefore: HeardBefore;
  readonly send: (bytes: Uint8Array) => Promise<void>;
}

/** One handshake. */
export class Greeting {
  readonly #options: GreetingOptions;
  #key: string | undefined;
  #tries = 0;

  constructor(options: GreetingOptions) {
    this.#options = options;
  }

  /** The first step. */
  async begin(): Promise<void> {
    const { dim } = this.#options.parts;
    const group = dim.ID.parse('stations@everywhere');
    // In the group, stations show themselves.
    const offer = { command: 'handshake', title: 'Hello world!', group: group.toString() };
    await this.#say(offer, dim.ID.parse('station@anywhere'), true);
  }

  /**
   * Takes what the other side has sent.
   * @throws DimError `CONNECTION_FAILED` for what the station at this address would not say
   */
  async hear(bytes: Uint8Array): Promise<Heard> {
    let heard: Heard = 'other';
    const lines = linesOf(bytes);
    for (const line of lines) {
      const one = await this.#hearLine(line);
      if (one === 'in' || one === 'stranger') return one;
      if (one === 'step' && lines.length === 1) heard = 'step';
    }
    return heard;
  }

  async #hearLine(line: Uint8Array): Promise<Heard> {
    const { parts, neighbor, heardBefore } = this.#options;
    const received = tryTo(() => readMessage(parts.dim, line, true));
    const { message, mark } = received ?? {};
    if (message === undefined || mark === undefined) return 'other';
    if (!message.receiver.equals(parts.self) || message.sender.type !== EntityType.STATION) return 'other';
    const isNeighbor = message.sender.equals(neighbor);
    let content: Content;
    try {
      await parts.reader.authenticate(message);
      ({ content } = await parts.reader.open(message));
    } catch (error) {
      if (!isDimError(error)) throw error;
      if (!isNeighbor) return 'other';
      throw new DimError('CONNECTION_FAILED', 'what the station said cannot be verified', { cause: error });
    }
    if (commandOf(content) !== 'handshake') return 'other';
    if (!isNeighbor) throw new DimError('CONNECTION_FAILED', `another station answers: ${message.sender.toString()}`);
    const isNow = content.time !== undefined && Math.abs(content.time - parts.clock.now()) <= MAX_SKEW;
    if (!isNow || heardBefore.has(mark))
      throw new DimError('CONNECTION_FAILED', 'the answer of the station is of another time');
    return this.#answer(content.fields);
  }

  async #answer(fields: JsonMap): Promise<Heard> {
    const { neighbor } = this.#options;
    const title = textField(fields, 'title', 'message');
    const said = textField(fields, 'session');
    if (title === 'DIM!') {
      // It lets nobody in who has not said its key.
      if (this.#key === undefined || (said !== undefined && said !== this.#key)) return 'step';
      return isNoNeighbor(fields) ? 'stranger' : 'in';
    }
    if (title !== 'DIM?') return 'step';
    if (said === undefined || ++this.#tries > MAX_TRIES)
      throw new DimError('CONNECTION_FAILED', 'the station does not accept the handshake');
    this.#key = said;
    // It names the station: another one that has let us sign this could else come in there with it.
    const answer = { command: 'handshake', title: 'Hello world!', session: said, station: neighbor.toString() };
    await this.#say(answer, neighbor, false);
    return 'step';
  }

  async #say(fields: JsonMap, to: ID, introduce: boolean): Promise<void> {
    const { parts, send } = this.#options;
    const { message } = await parts.writer.packMessage(parts.content(fields), to, { introduce });
    await send(message.encode());
  }
}

function tryTo<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isDimError(error)) throw error;
    return undefined;
  }
}
