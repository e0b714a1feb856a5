/** The other side of a connection under test: it does what a rule says, and notes what comes. */
import type { ByteStream } from 'dimsdk/extend';
import type { Framing, Heard } from './framing.ts';

/** What a peer answers. */
export type Answers =
  /** All that asks for an answer. */
  | 'all'
  /** Nothing: it is silent, but it hears. */
  | 'nothing';

/** A peer. */
export class Peer {
  readonly #line: ByteStream;
  readonly #framing: Framing;
  /** Payloads that came, in their order. */
  readonly received: Uint8Array[] = [];
  /** The payloads of this side that were acknowledged, by their numbers, in the order of the acknowledgements. */
  readonly acknowledged: number[] = [];
  /** What the peer answers from now on. */
  answers: Answers = 'all';
  /** How often it was asked whether it is there. */
  questions = 0;
  /** What it did not understand. */
  fault: Error | undefined;
  /** Whether the connection has ended its side, or the line is gone. */
  isOver = false;
  #unanswered: Uint8Array[] = [];
  #answered = 0;
  #asked = 0;
  #lastWrite: Promise<void> = Promise.resolve();
  #watchers: (() => void)[] = [];

  private constructor(line: ByteStream, framing: Framing) {
    this.#line = line;
    this.#framing = framing;
  }

  /** A peer that does what is to be done before there is a connection. */
  static async greeting(line: ByteStream, framing: Framing): Promise<Peer> {
    const peer = new Peer(line, framing);
    await peer.#greet();
    void peer.#listen();
    return peer;
  }

  /** Sends payloads, and is done when the line has taken them. They are numbered from 0. */
  async send(...payloads: readonly Uint8Array[]): Promise<void> {
    await Promise.all(payloads.map(async (payload) => this.write(this.#framing.frame(payload))));
  }

  /** Writes bytes, whatever they are, after those before. A line that is gone takes them, too. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#lastWrite = this.#lastWrite.then(async () => this.#line.write(bytes)).catch(() => undefined);
    return this.#lastWrite;
  }

  /** Asks whether the connection is there, and waits for the answer: what it wrote before is known then. */
  async roundTrip(): Promise<void> {
    this.#asked += 1;
    const wanted = this.#asked;
    await this.write(this.#framing.question());
    await this.until(() => this.#answered >= wanted || this.isOver);
    if (this.#answered < wanted) throw new Error('the connection ended before it answered');
  }

  /** Answers what it has not answered. */
  async answerAll(): Promise<void> {
    this.answers = 'all';
    await Promise.all(this.#unanswered.splice(0).map(async (answer) => this.write(answer)));
  }

  /** What it would answer, without answering it. */
  takeAnswers(): readonly Uint8Array[] {
    return this.#unanswered.splice(0);
  }

  /** Settles when a condition holds that depends on what comes. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Ends its side, after what it has written. */
  async end(): Promise<void> {
    await this.#lastWrite;
    await this.#line.close();
  }

  /** Breaks the line. */
  cut(): void {
    this.#line.destroy();
  }

  async #greet(): Promise<void> {
    if (!this.#framing.isGreeting) return;
    for (let answer: Uint8Array | undefined; answer === undefined;) {
      const piece = await this.#line.read();
      if (piece === undefined) throw new Error('the connection ended before there was one');
      answer = await this.#framing.greet(piece);
      if (answer !== undefined) await this.write(answer);
    }
  }

  async #listen(): Promise<void> {
    for (let piece = await this.#read(); piece !== undefined; piece = await this.#read())
      try {
        for (const heard of this.#framing.hear(piece)) this.#take(heard);
      } catch (error) {
        this.fault ??= error as Error;
        break;
      }
    this.isOver = true;
    this.#changed();
    await this.end();
  }

  /** Of a line that is gone nothing comes. */
  async #read(): Promise<Uint8Array | undefined> {
    return this.#line.read().catch(() => undefined);
  }

  #take(heard: Heard): void {
    switch (heard.what) {
      case 'payload':
        this.received.push(heard.bytes);
        if (heard.answer !== undefined) this.#answer(heard.answer);
        break;
      case 'question':
        this.questions += 1;
        this.#answer(heard.answer);
        break;
      case 'answer':
        this.#answered += 1;
        break;
      case 'acknowledgement':
        this.acknowledged.push(heard.of);
        break;
      case 'goodbye':
        void this.write(heard.answer).then(async () => this.end());
    }
    this.#changed();
  }

  #answer(bytes: Uint8Array): void {
    if (this.answers === 'all') void this.write(bytes);
    else this.#unanswered.push(bytes);
  }

  #changed(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}
