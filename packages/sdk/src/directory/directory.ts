/** The directory: what to ask the network for, each thing once in a while, and less and less often. */
import { ANYWHERE, DocumentsCommand, MetaCommand, type Content, type ID, type Missing } from 'dimp';
import { BoundedCache } from 'dimp/internal';
import type { OwnDevice } from '../device/own-device.ts';
import { Signal } from '../device/signal.ts';

/** What a directory asks of the client around it. */
export interface DirectoryHost {
  /** Sends a command through the session; false where none is let in. */
  command(content: Content, receiver: ID): Promise<boolean>;
  /** Asks the members of a group for its history. */
  askGroup(group: ID): Promise<void>;
  /** Shows ourselves to a user: what came from there cannot be read, or its key is not known. */
  introduce(user: ID): Promise<void>;
  /** Does something that nobody waits for. */
  begin(work: () => Promise<void>): void;
}

/** The shortest time between two questions for one thing, in seconds: that of the whole network. */
const INTERVAL = 600;

/** The shortest one for what this person wants, in seconds. It grows by each question, as the other one does. */
const OWN_INTERVAL = 5;

/** The longest one, in seconds. */
const LONGEST = 6 * 60 * 60;

/** How many things are remembered: strangers make us ask. */
const MAX_WANTS = 4096;

/** How many questions go out in one minute at most. */
const MAX_PER_MINUTE = 120;

/** How many of them for what this person has nothing to do with. */
const MAX_FOR_OTHERS = 90;

/** Something that is wanted. */
interface Want {
  readonly id: ID;
  readonly whats: Set<Missing['what']>;
  /** Whether this person wants it, and not only somebody who wrote. */
  isOwn: boolean;
  askedAt: number;
  times: number;
}

/** Asks for metas, documents and members. */
export class Directory<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #host: DirectoryHost;
  readonly #wants = new Map<string, Want>();
  /** When was told of us, in seconds since 1970. */
  readonly #introducedAt = new BoundedCache<string, number>(MAX_WANTS);
  #minute = 0;
  #asked = 0;
  #isAsking = false;
  /** Something new is wanted, or there is somebody to ask. */
  readonly #wanted = new Signal();

  constructor(device: OwnDevice<C>, host: DirectoryHost) {
    this.#device = device;
    this.#host = host;
  }

  /**
   * Wants something: it is asked for as soon as the network can be asked, unless that was a short time ago.
   * @param isOwn whether this person has to do with it: it comes before what strangers make us ask for
   */
  want(missing: readonly Missing[], isOwn = false): void {
    for (const { what, id } of missing) {
      if (what === 'private-key' || id.isBroadcast || this.#device.isSelf(id)) continue;
      const want = this.#wants.get(id.entityKey) ?? {
        id: id.entity,
        whats: new Set(),
        isOwn,
        askedAt: -Infinity,
        times: 0,
      };
      if (!this.#wants.has(id.entityKey) && this.#wants.size >= MAX_WANTS) this.#dropOldest();
      want.whats.add(what);
      want.isOwn ||= isOwn;
      this.#wants.set(id.entityKey, want);
    }
    this.#wanted.set();
    this.#host.begin(async () => void (await this.ask()));
  }

  /** Something of an identity came: it need not be asked for any more. */
  learned(id: ID): void {
    // When it was asked for is remembered: what is missing still is not asked for again at once.
    this.#wants.get(id.entityKey)?.whats.clear();
  }

  /** Whether something of an identity was asked for. */
  isWanted(id: ID): boolean {
    return this.#wants.has(id.entityKey);
  }

  /** Another session begins: what the last one did not answer is asked for again in it. */
  async askAnew(): Promise<void> {
    for (const want of this.#wants.values()) want.askedAt = -Infinity;
    this.#wanted.set();
    await this.ask();
  }

  /** Asks for what becomes due, until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    for (let canAsk = true; !signal.aborted; canAsk = await this.ask()) {
      const dues = [...this.#wants.values()].filter(({ whats }) => whats.size > 0).map((want) => this.#dueOf(want));
      // Without a session nobody can be asked: the next one says so.
      await this.#untilDue(canAsk ? Math.min(...dues) : Infinity, signal);
    }
  }

  /** Waits until something is due, or something new is wanted. */
  async #untilDue(due: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#device;
    const over = new AbortController();
    const abort = (): void => over.abort();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const untilWanted = this.#wanted.wait(over.signal);
    const wait = async (): Promise<void> => {
      try {
        await clock.wait(Math.max(due - clock.now(), OWN_INTERVAL), over.signal);
      } catch {
        // Something is wanted, or it is over.
      }
    };
    await (due === Infinity ? untilWanted : Promise.race([untilWanted, wait()]));
    abort();
    await untilWanted;
    signal.removeEventListener('abort', abort);
  }

  /** Asks for what is due. @returns false where there is nobody to be asked */
  async ask(): Promise<boolean> {
    // What is wanted meanwhile is asked for in the same round.
    if (this.#isAsking) return true;
    this.#isAsking = true;
    try {
      for (const isOwn of [true, false])
        for (const want of this.#wants.values()) {
          if (want.isOwn !== isOwn || !this.#isDue(want)) continue;
          if (!this.#mayAsk(isOwn)) break;
          if (!(await this.#askFor(want))) return false;
          want.askedAt = this.#device.clock.now();
          want.times++;
        }
      return true;
    } catch {
      // The connection ended: what was not asked for is still wanted.
      return false;
    } finally {
      this.#isAsking = false;
    }
  }

  /** Shows our meta and visa to a user, at most once in ten minutes. */
  async introduce(user: ID): Promise<void> {
    const now = this.#device.clock.now();
    if (now - (this.#introducedAt.get(user.entityKey) ?? -Infinity) < INTERVAL) return;
    this.#introducedAt.set(user.entityKey, now);
    await this.#host.introduce(user);
  }

  #isDue(want: Want): boolean {
    return want.whats.size > 0 && this.#device.clock.now() >= this.#dueOf(want);
  }

  #dueOf({ askedAt, times, isOwn }: Want): number {
    // Who a person writes to may come a moment later; what strangers make us ask for has the time of the network.
    const first = isOwn ? OWN_INTERVAL : INTERVAL;
    return askedAt + Math.min(first * 2 ** Math.max(0, Math.min(times - 1, 16)), LONGEST);
  }

  #mayAsk(isOwn: boolean): boolean {
    const minute = Math.floor(this.#device.clock.now() / 60);
    if (minute !== this.#minute) [this.#minute, this.#asked] = [minute, 0];
    if (this.#asked >= (isOwn ? MAX_PER_MINUTE : MAX_FOR_OTHERS)) return false;
    this.#asked++;
    return true;
  }

  /** @returns false where nobody can be asked now */
  async #askFor({ id, whats: wanted }: Want): Promise<boolean> {
    const station = this.#device.dim.ID.create({ name: 'station', address: ANYWHERE });
    // The answer to the first question may be there before the second one is asked, and what is learned is wanted no more.
    const whats = new Set(wanted);
    if (whats.has('meta') && !(await this.#host.command(MetaCommand.query(id, this.#device.writtenNow), station)))
      return false;
    const wantsDocuments = whats.has('meta') || whats.has('visa') || whats.has('members');
    if (wantsDocuments && !(await this.#host.command(DocumentsCommand.query(id, this.#device.writtenNow), station)))
      return false;
    if (whats.has('members')) await this.#host.askGroup(id);
    if (whats.has('message-key')) await this.introduce(id);
    return true;
  }

  #dropOldest(): void {
    for (const [key, { isOwn }] of this.#wants) {
      if (isOwn) continue;
      this.#wants.delete(key);
      return;
    }
    const [oldest] = this.#wants.keys();
    if (oldest !== undefined) this.#wants.delete(oldest);
  }
}
