/** A thread that decrypts with RSA: node:crypto does so on the thread that asks, and has no other form. */
import type { KeyObject } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/** A private key that threads share. Its bytes are in no message: threads get the object, which OpenSSL has once. */
export class SharedKey {
  static #last = 0;
  readonly id = ++SharedKey.#last;
  readonly object: KeyObject;

  constructor(object: KeyObject) {
    this.object = object;
  }
}

/** What a thread is to do. */
export interface Decryption {
  readonly key: SharedKey;
  /** One of `crypto.constants`. */
  readonly padding: number;
  readonly ciphertext: Uint8Array;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

/** What the owner of a thread is told. */
export interface ThreadHost {
  /** It has started, or done something. */
  changed(): void;
  /** It is no more, by itself or by force. @param left what it had not done */
  ended(thread: DecryptingThread, left: readonly Decryption[]): void;
}

/**
 * The program of a thread. It is a text, and no file, so that it is there wherever this module is, in whatever bundle. `process` has
 * modules in every kind of program.
 */
const PROGRAM = `
const { parentPort } = process.getBuiltinModule('node:worker_threads');
const { privateDecrypt } = process.getBuiltinModule('node:crypto');
const keys = new Map();
parentPort.on('message', ({ learn, forget, number, id, padding, ciphertext }) => {
  if (learn) keys.set(id, learn);
  else if (forget) keys.delete(forget);
  else {
    try {
      parentPort.postMessage({ number, bytes: privateDecrypt({ key: keys.get(id), padding }, ciphertext) });
    } catch ({ message }) {
      parentPort.postMessage({ number, failure: message });
    }
  }
});
parentPort.postMessage({});
`;

/** What a thread says: nothing but that it has started, or what became of a decryption. */
interface Answer {
  readonly number?: number;
  readonly bytes?: Uint8Array;
  readonly failure?: string;
}

/** Starts the program. Flags and modules that are loaded in advance are for the program of the process. */
export function startWorker(): Worker {
  return new Worker(PROGRAM, { eval: true, name: 'dimplugins', execArgv: [] });
}

/** One thread. It keeps no process alive, but for what it does. */
export class DecryptingThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Decryption>();
  readonly #keys = new Set<number>();
  #last = 0;
  #isReady = false;

  constructor(worker: Worker, host: ThreadHost) {
    this.#worker = worker;
    worker.on('message', (answer: Answer) => {
      this.#isReady = true;
      this.#settle(answer);
      host.changed();
    });
    // Behind the listener, which keeps the process alive too.
    worker.unref();
    // Without a listener it would end the process. The end of the thread follows.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      const left = [...this.#pending.values()];
      this.#pending.clear();
      host.ended(this, left);
    });
  }

  /** Whether it has started. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** How much it has to do. */
  get load(): number {
    return this.#pending.size;
  }

  /** Does one more. */
  take(decryption: Decryption): void {
    const { key, padding, ciphertext } = decryption;
    const { id } = key;
    const number = ++this.#last;
    if (!this.#keys.has(id)) this.#tell({ learn: key.object, id });
    this.#keys.add(id);
    // Bytes that are a part of others would take all of those along.
    this.#tell({ number, id, padding, ciphertext: new Uint8Array(ciphertext) });
    this.#pending.set(number, decryption);
    this.#worker.ref();
  }

  /** Nobody has the key any longer. */
  forget(id: number): void {
    if (this.#keys.delete(id)) this.#tell({ forget: id });
  }

  /** Ends it at once. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle({ number = 0, bytes, failure }: Answer): void {
    const decryption = this.#pending.get(number);
    if (decryption === undefined) return;
    this.#pending.delete(number);
    if (this.#pending.size === 0) this.#worker.unref();
    if (bytes === undefined) decryption.reject(new Error(failure));
    else decryption.resolve(new Uint8Array(bytes));
  }

  #tell(message: object): void {
    this.#worker.postMessage(message, []);
  }
}
