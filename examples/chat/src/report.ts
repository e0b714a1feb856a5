/** What the demo prints: readable lines for people, or one JSON object for machines. */
import { styleText } from 'node:util';

/** One line of the demo: what was done, and what came of it. */
export interface Line {
  readonly label: string;
  readonly value: string;
}

/** Collects steps, and prints them as they are done. */
export class Report {
  readonly #json: boolean;
  readonly #started = performance.now();
  readonly #steps: { readonly title: string; readonly lines: Line[] }[] = [];

  constructor(options: { readonly json: boolean }) {
    this.#json = options.json;
  }

  step(title: string): void {
    this.#steps.push({ title, lines: [] });
    this.#print(`\n${style('bold', `${this.#steps.length}. ${title}`)}`);
  }

  line(label: string, value: string): void {
    this.#steps.at(-1)?.lines.push({ label, value });
    this.#print(`   ${style('gray', label.padEnd(LABEL_WIDTH))} ${value}`);
  }

  /** Something that had to be true, and is. */
  check(label: string, value: string): void {
    this.#steps.at(-1)?.lines.push({ label, value });
    this.#print(`   ${style('green', label.padEnd(LABEL_WIDTH))} ${value}`);
  }

  /** A block of text that is shown as it is. */
  block(label: string, text: string): void {
    this.#steps.at(-1)?.lines.push({ label, value: text });
    this.#print(`   ${style('gray', label)}`);
    for (const line of text.split('\n')) this.#print(`     ${style('cyan', line)}`);
  }

  end(): void {
    const seconds = (performance.now() - this.#started) / 1000;
    if (this.#json) console.log(JSON.stringify({ ok: true, seconds, steps: this.#steps }, undefined, 2));
    else this.#print(`\n${style('green', 'All of it held.')} ${seconds.toFixed(2)} seconds.`);
  }

  fail(error: unknown): void {
    const step = this.#steps.at(-1)?.title ?? 'start';
    const message = error instanceof Error ? error.message : String(error);
    if (this.#json) console.log(JSON.stringify({ ok: false, step, error: message, steps: this.#steps }, undefined, 2));
    console.error(`\n${style('red', 'The demo stopped')} at "${step}": ${message}`);
  }

  #print(text: string): void {
    if (!this.#json) console.log(text);
  }
}

const LABEL_WIDTH = 26;

function style(format: Parameters<typeof styleText>[0], text: string): string {
  // Colors only where somebody sees them: https://no-color.org
  const colored = process.stdout.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
  return colored ? styleText(format, text) : text;
}
