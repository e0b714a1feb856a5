import { DimError, type Content, type ID, type Messenger, type Missing } from 'dimp';
import { decodeBase64, encodeBase64 } from 'dimp/extend';

export interface InboxOptions {
  readonly messenger: Messenger;
  readonly show: (sender: ID, content: Content) => void;
  /** Begins to ask for what is missing: see `questionFor`. It does not wait for the answer. */
  readonly ask: (missing: Missing) => void;
  /** Tells the station that a package need not come again. */
  readonly acknowledge: (bytes: Uint8Array) => void;
}

/** What became of a package: `waiting` alone is not acknowledged. */
export type Outcome = 'read' | 'not-for-here' | 'refused' | 'waiting';

const MAX_WAITING = 1000;
/** How long to wait for what may never come, in milliseconds. */
const PATIENCE = 7 * 24 * 60 * 60 * 1000;

export class Inbox {
  readonly #options: InboxOptions;
  readonly #asked = new Set<string>();
  /** Packages as text, so that each is there once, and since when they wait. The oldest is the first. */
  readonly #waiting = new Map<string, number>();

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  async receive(bytes: Uint8Array): Promise<Outcome> {
    // Where the store fails, this throws, and what waits stays: nothing was read, and nothing is acknowledged.
    const outcome = await this.#read(bytes);
    const text = encodeBase64(bytes);
    const since = this.#waiting.get(text) ?? Date.now();
    if (outcome === 'waiting' && Date.now() - since < PATIENCE) {
      this.#waiting.set(text, since);
      // Strangers can fill it: the oldest goes, and the station has it still.
      for (const oldest of [...this.#waiting.keys()].slice(0, -MAX_WAITING)) this.#waiting.delete(oldest);
      return 'waiting';
    }
    this.#waiting.delete(text);
    this.#options.acknowledge(bytes);
    return outcome === 'waiting' ? 'refused' : outcome;
  }

  /** When something was learned, and once in some minutes. Each package is tried once. */
  async tryAgain(): Promise<void> {
    this.#asked.clear();
    for (const text of Array.from(this.#waiting.keys())) await this.receive(decodeBase64(text));
  }

  async #read(bytes: Uint8Array): Promise<Outcome> {
    const result = await this.#options.messenger.unpack(bytes).catch((error: unknown) => this.#judge(error));
    if (typeof result === 'string') return result;
    this.#options.show(result.sender, result.content);
    return 'read';
  }

  #judge(error: unknown): Outcome {
    // Your own store's errors, too.
    if (!(error instanceof DimError) || error.code.startsWith('INTERNAL_')) throw error;
    if (error.code === 'INPUT_REPLAY') return 'read';
    // Its `missing` says whom one might ask for the key. That is no reason to wait.
    if (error.code === 'NOT_RECIPIENT') return 'not-for-here';
    for (const missing of error.missing) this.#askOnce(missing);
    return error.missing.length > 0 || error.code === 'INPUT_TOO_EARLY' ? 'waiting' : 'refused';
  }

  #askOnce(missing: Missing): void {
    const destination = missing.what === 'message-key' ? missing.destination.entityKey : '';
    const key = `${missing.what} ${missing.id.entityKey} ${destination}`;
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    this.#options.ask(missing);
  }
}
