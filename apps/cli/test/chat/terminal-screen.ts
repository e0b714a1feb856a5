/** What a terminal shows of what is written to it: rows, as eyes see them. */
import { EventEmitter } from 'node:events';
import xterm from '@xterm/headless';

/** How long anything may take, in milliseconds: more than a slow machine needs. */
const PATIENCE = 30_000;

/** A terminal without a window. */
export class TerminalScreen {
  /** All that was written, with what moves the cursor in it. */
  raw = '';
  readonly #terminal: xterm.Terminal;
  readonly #written = new EventEmitter();

  /** @param convertEol where no pseudo-terminal does it */
  constructor({ columns, rows, convertEol }: { columns: number; rows: number; convertEol: boolean }) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, convertEol, allowProposedApi: true, scrollback: 5000 });
  }

  write(bytes: Uint8Array | string): void {
    this.raw += typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8');
    this.#terminal.write(bytes, () => this.#written.emit('written'));
  }

  /** It was closed, say: whoever waits looks once more. */
  wake(): void {
    this.#written.emit('written');
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  /** The rows, also those that have moved out of sight, without empty ones at the end. */
  get rows(): readonly string[] {
    const { active } = this.#terminal.buffer;
    const rows: string[] = [];
    for (let at = 0; at < active.length; at++) rows.push(active.getLine(at)?.translateToString(true).trimEnd() ?? '');
    while (rows.at(-1) === '') rows.pop();
    return rows;
  }

  get text(): string {
    return this.rows.join('\n');
  }

  /** Where the cursor is, as what stands left of it in its row. */
  get leftOfCursor(): string {
    const { active } = this.#terminal.buffer;
    return active.getLine(active.baseY + active.cursorY)?.translateToString(false, 0, active.cursorX) ?? '';
  }

  /** All that was written is shown. */
  async settled(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#terminal.write('', resolve);
    });
  }

  /** Waits until the screen shows something. @returns the text that is there then */
  async heard(wanted: RegExp, since = ''): Promise<string> {
    const over = AbortSignal.timeout(PATIENCE);
    for (;;) {
      const { text } = this;
      const from = since === '' ? 0 : text.lastIndexOf(since);
      if (from !== -1 && wanted.test(text.slice(from))) return text;
      await new Promise<void>((resolve, reject) => {
        const fail = (): void => reject(new Error(`${String(wanted)} has not appeared. The screen:\n${this.text}`));
        if (over.aborted) return fail();
        over.addEventListener('abort', fail, { once: true });
        this.#written.once('written', () => {
          over.removeEventListener('abort', fail);
          resolve();
        });
      });
    }
  }
}
