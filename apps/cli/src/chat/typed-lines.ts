/** Lines that a person types, where nothing is drawn: the terminal itself shows them. */
import { createInterface, type Interface } from 'node:readline';
import type { Call } from '../command/call.ts';
import type { LineOutput } from './line-view.ts';

/** A keyboard, and lines for whoever sits there. */
export class TypedLines implements LineOutput {
  readonly #call: Call;
  readonly #lines: Interface;
  #asked: ((answer: string) => void) | undefined;

  constructor(call: Call) {
    const { stdin, signal } = call.context;
    this.#call = call;
    this.#lines = createInterface({ input: stdin, terminal: false, signal });
  }

  async run(take: (line: string) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#lines.on('close', () => {
        this.#asked?.('');
        resolve();
      });
      this.#lines.on('line', (line) => {
        if (this.#asked !== undefined) this.#asked(line);
        else if (line.trim() !== '') take(line);
      });
    });
  }

  close(): void {
    this.#lines.close();
  }

  async write(text: string): Promise<void> {
    await this.#call.tell({ json: {}, text });
  }

  async note(text: string): Promise<void> {
    await this.write(text);
  }

  async ask(question: string): Promise<boolean> {
    await this.write(`${question} y or n:`);
    const answer = await new Promise<string>((resolve) => {
      this.#asked = resolve;
    });
    this.#asked = undefined;
    return /^y(es)?$/i.test(answer.trim());
  }
}
