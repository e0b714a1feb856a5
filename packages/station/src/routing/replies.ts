/** What the station says by itself. It is encrypted, signed, and stored nowhere. */
import { ContentType, DEFAULT_LIMITS, isDimError, type Content, type ID, type JsonMap } from 'dimp';
import { encodeUtf8, textOf } from 'dimp/extend';
import { writeJson } from 'dimp/internal';
import type { Session } from '../sessions/session.ts';
import type { StationParts } from '../sessions/parts.ts';

/** As many contents are one message. */
const MAX_TOGETHER = 32;

/** As much may wait to be said over one connection, before no more is taken from it. */
const MAX_WAITING = 256;

/** Something to say to who has sent something over a connection. */
interface Speech {
  readonly to: ID;
  readonly contents: readonly JsonMap[];
  /** Whether to attach the station's meta and visa. */
  readonly introduce: boolean;
}

/** Says things over connections: to each in order, and what there is at once as one message. */
export class Replies {
  readonly #parts: StationParts;
  readonly #untakenBytes: number;
  readonly #waiting = new WeakMap<Session, Speech[]>();

  /** @param untakenBytes how much a client may leave untaken, beside one message, before its connection is ended */
  constructor(parts: StationParts, untakenBytes: number) {
    this.#parts = parts;
    this.#untakenBytes = untakenBytes;
  }

  /** Says something, behind what was said before. */
  say(session: Session, to: ID, contents: readonly JsonMap[], introduce = false): void {
    if (contents.length === 0 || session.hasEnded) return;
    const speech = { to, contents, introduce };
    const waiting = this.#waiting.get(session);
    if (waiting !== undefined) {
      waiting.push(speech);
      return;
    }
    this.#waiting.set(session, [speech]);
    void this.#work(session);
  }

  /** Waits until not too much waits to be said over a connection: else whoever sends fast would fill the memory. */
  async room(session: Session): Promise<void> {
    while ((this.#waiting.get(session)?.length ?? 0) > MAX_WAITING && !session.hasEnded)
      await new Promise<void>((resolve) => void setImmediate(resolve));
  }

  async #work(session: Session): Promise<void> {
    // What else is said in this turn goes with it.
    await new Promise<void>((resolve) => void setImmediate(resolve));
    const waiting = this.#waiting.get(session) ?? [];
    while (!session.hasEnded) {
      const speech = takeTogether(waiting);
      if (speech === undefined) break;
      try {
        await this.#send(session, speech);
      } catch (error) {
        const code = isDimError(error) ? error.code : 'other';
        this.#parts.logger.warn('an answer could not be written', { to: session.id?.toString(), code });
      }
    }
    this.#waiting.delete(session);
  }

  async #send(session: Session, { to, contents, introduce }: Speech): Promise<void> {
    const { writer, logger } = this.#parts;
    const { waitingBytes, payloadBytes = DEFAULT_LIMITS.messageBytes } = session.link;
    if (waitingBytes > this.#untakenBytes + payloadBytes) {
      logger.info('a client does not take what it is told', { host: session.link.host });
      session.link.close();
      // It is told nothing more.
      this.#waiting.get(session)?.splice(0);
      return;
    }
    const { message } = await writer.packMessage(this.#contentOf(contents), to, { introduce });
    const { meta, visa, ...rest } = message.fields;
    // Clients of WebSocket find the signature by a plain search: what is attached, and has others, comes behind it.
    const attached = { ...(meta !== undefined && { meta }), ...(visa !== undefined && { visa }) };
    const bytes = encodeUtf8(writeJson({ ...rest, receiver: to.toString(), ...attached }));
    session.link.send({ bytes, signature: textOf(message.fields, 'signature') });
  }

  #contentOf(contents: readonly JsonMap[]): Content {
    const [first] = contents;
    if (first !== undefined && contents.length === 1) return this.#parts.content(first);
    const items = contents.map((fields) => this.#parts.content(fields).fields);
    return this.#parts.content({ type: ContentType.ARRAY, contents: items });
  }
}

/** Takes the next speech, with those behind it to the same that can be one message with it. */
function takeTogether(waiting: Speech[]): Speech | undefined {
  const [first, ...others] = waiting;
  if (first === undefined) return undefined;
  let count = 1;
  let contents = first.contents;
  for (const next of others) {
    const isOne = !first.introduce && !next.introduce && next.to.toString() === first.to.toString();
    if (!isOne || contents.length + next.contents.length > MAX_TOGETHER) break;
    contents = [...contents, ...next.contents];
    count += 1;
  }
  waiting.splice(0, count);
  return { ...first, contents };
}
