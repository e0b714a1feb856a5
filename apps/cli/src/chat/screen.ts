/** A chat on a terminal: what comes appears above what is being typed, which stays as it is. */
import { clearLine, clearScreenDown, createInterface, cursorTo, moveCursor, type Interface } from 'node:readline';
import { callbackify } from 'node:util';
import type { CommandContext } from '../command/command-context.ts';
import type { Completer } from './completion.ts';
import type { Name } from '../messages/names.ts';
import type { Renderer } from './render.ts';
import { RowsOnScreen } from './rows-on-screen.ts';
import { transferText } from './transfer-text.ts';
import type { DeliveryStep, Item, Transfer, TransferStep, View } from './view.ts';

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

/** The prompt before anybody was chosen. */
const NOBODY = 'dim> ';

/** What a key is, as readline says it. */
interface Key {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
}

/**
 * What readline has no documented way for; where a later Node does without, only texts of several rows look wrong at times.
 * Of text that comes at once, as when something is pasted, it does not count the rows, and puts it at the end, wherever the cursor is.
 */
interface ReadlineInside {
  /** By how many rows it goes up before it draws. */
  prevRows?: number;
  /** False while much comes at once. */
  isCompletionEnabled?: boolean;
}

/** A screen over readline. */
export class Screen implements View {
  readonly #context: CommandContext;
  readonly #renderer: Renderer;
  readonly #line: Interface;
  readonly #rows = new RowsOnScreen();
  #prompt = NOBODY;
  #isPrompting = false;
  #isClosed = false;
  /** Rows between the prompt and the end of what was typed. */
  #typedRows = 0;
  /** What an answer of the person goes to. */
  #asked: ((answer: string) => void) | undefined;
  #wasInterrupted = false;

  constructor(context: CommandContext, renderer: Renderer, completer: Completer) {
    const { stdin, stdout } = context;
    this.#context = context;
    this.#renderer = renderer;
    this.#line = createInterface({
      input: stdin,
      output: stdout,
      terminal: true,
      historySize: 500,
      completer: callbackify(completer),
    });
    stdin.prependListener('keypress', (_, key: Key | undefined) => this.#beforeKey(key ?? {}));
    stdin.on('keypress', () => this.#afterKey());
    stdout.prependListener('resize', () => this.#resized());
    this.#line.on('SIGINT', () => this.#interrupted());
    // After Ctrl+Z and `fg` nobody knows what stands there.
    this.#line.on('SIGCONT', () => this.#rows.forget());
  }

  /** Reads lines until the person leaves. */
  async run(take: (line: string) => void): Promise<void> {
    const { signal } = this.#context;
    const close = (): void => this.close();
    signal.addEventListener('abort', close);
    await new Promise<void>((resolve) => {
      this.#line.on('close', () => {
        this.#isClosed = true;
        this.#asked?.('');
        resolve();
      });
      this.#line.on('line', (line) => this.#typed(line, take));
      if (signal.aborted) return close();
      this.#refresh();
      this.#isPrompting = true;
      this.#draw();
    });
    signal.removeEventListener('abort', close);
    this.#context.stdout.write('\n');
  }

  close(): void {
    if (!this.#isClosed) this.#line.close();
  }

  async show(item: Item): Promise<void> {
    const lines = this.#renderer.lines(item, this.#columns);
    if (item.is !== 'message') return this.#print(lines);
    const { stored } = item.message;
    const length = this.#renderer.message(item.message, this.#columns).length;
    this.#print(lines, { key: stored.delivery ?? stored.key, line: lines.length - length });
  }

  async delivery(step: DeliveryStep): Promise<void> {
    const { message, state, error, waitsForReceiver, isLast } = step;
    const [first = ''] = this.#renderer.message(message, this.#columns);
    const isMarked = this.#rewrite(message.stored.delivery ?? '', first);
    const isNews = waitsForReceiver || (!isMarked && state !== 'queued');
    if (error !== undefined || (isNews && isLast)) this.#note(this.#renderer.step(step));
  }

  transfer({ key, filename }: Transfer, step: TransferStep): void {
    const text = transferText(filename, step);
    const [line = ''] = this.#renderer.lines({ is: 'notice', text, json: {} }, this.#columns);
    // Where it was pushed out of sight it comes again below, but not with each step of it.
    if (!this.#rewrite(key, line) && (typeof step === 'string' || step.done === 0))
      this.#print([line], { key, line: 0 });
  }

  talk(name: Name | undefined): void {
    this.#prompt = name === undefined ? NOBODY : `${name.text}> `;
    if (this.#asked === undefined) this.#refresh();
  }

  async ask(question: string): Promise<boolean> {
    if (this.#isClosed || this.#asked !== undefined) return false;
    this.#note(question);
    const answer = await new Promise<string>((resolve) => {
      this.#asked = resolve;
      this.#refresh();
    });
    this.#asked = undefined;
    this.#refresh();
    return /^y(es)?$/i.test(answer.trim());
  }

  get #columns(): number {
    return this.#context.stdout.columns ?? DEFAULT_COLUMNS;
  }

  #note(text: string): void {
    this.#print(this.#renderer.lines({ is: 'notice', text, json: {} }, this.#columns));
  }

  /** Prints above the prompt. */
  #print(lines: readonly string[], mark?: { readonly key: string; readonly line: number }): void {
    const { stdout } = this.#context;
    this.#rows.add(lines, this.#columns, mark);
    const text = `${lines.join('\n')}\n`;
    if (!this.#isPrompting || this.#isClosed) {
      stdout.write(text);
      return;
    }
    const { rows } = this.#line.getCursorPos();
    moveCursor(stdout, 0, -rows);
    cursorTo(stdout, 0);
    clearScreenDown(stdout);
    stdout.write(text);
    this.#draw();
  }

  /** Draws prompt and typed text from this row on. */
  #draw(): void {
    this.#inside.prevRows = 0;
    this.#line.prompt(true);
  }

  get #inside(): ReadlineInside {
    return this.#line as ReadlineInside;
  }

  /** Before readline draws again. Some terminals have broken the typed text anew by then, others have not: nothing above is erased. */
  #resized(): void {
    this.#rows.forget();
    this.#inside.prevRows = Math.min(this.#inside.prevRows ?? 0, this.#line.getCursorPos().rows);
  }

  /** Writes a row again that stands above. @returns whether it is still there */
  #rewrite(key: string, line: string): boolean {
    if (!this.#isPrompting || this.#isClosed) return false;
    const { stdout } = this.#context;
    const { rows } = this.#line.getCursorPos();
    const above = this.#rows.above(key);
    if (above === undefined || above + rows >= (stdout.rows ?? DEFAULT_ROWS)) return false;
    moveCursor(stdout, 0, -(above + rows));
    cursorTo(stdout, 0);
    clearLine(stdout, 0);
    stdout.write(line);
    cursorTo(stdout, 0);
    moveCursor(stdout, 0, above);
    this.#draw();
    return true;
  }

  #refresh(): void {
    if (this.#isClosed) return;
    const { stdout } = this.#context;
    const { rows } = this.#line.getCursorPos();
    this.#line.setPrompt(this.#asked === undefined ? this.#prompt : 'y or n> ');
    if (!this.#isPrompting) return;
    moveCursor(stdout, 0, -rows);
    this.#draw();
  }

  /** Before readline takes a key. */
  #beforeKey({ name, ctrl }: Key): void {
    if (name !== 'c' || ctrl !== true) this.#wasInterrupted = false;
    // What these print is not counted here.
    if (name === 'tab' || (ctrl === true && name === 'l')) this.#rows.forget();
    if (this.#line.cursor < this.#line.line.length) this.#inside.isCompletionEnabled = true;
    if ((name !== 'return' && name !== 'enter') || this.#isClosed) return;
    this.#line.write(null as unknown as string, { ctrl: true, name: 'e' });
    this.#typedRows = this.#line.getCursorPos().rows;
  }

  #afterKey(): void {
    // It forgets that while much comes at once, and knows it again at the end of that.
    if (!this.#isClosed && this.#inside.isCompletionEnabled !== false)
      this.#inside.prevRows = this.#line.getCursorPos().rows;
  }

  #typed(line: string, take: (line: string) => void): void {
    const { stdout } = this.#context;
    // What was typed is shown again as what it is: a message with its time.
    moveCursor(stdout, 0, -(this.#typedRows + 1));
    cursorTo(stdout, 0);
    clearScreenDown(stdout);
    this.#line.prompt();
    if (this.#asked !== undefined) return this.#asked(line);
    if (line.trim() === '') return;
    // An answer is for what was asked.
    if (line.startsWith('/') && !line.startsWith('//')) this.#print([this.#renderer.look.style('dim', `> ${line}`)]);
    take(line);
  }

  #interrupted(): void {
    if (this.#asked !== undefined) return this.#asked('');
    if (this.#line.line !== '') {
      this.#line.write(null as unknown as string, { ctrl: true, name: 'e' });
      this.#line.write(null as unknown as string, { ctrl: true, name: 'u' });
      return;
    }
    if (this.#wasInterrupted) return this.close();
    this.#wasInterrupted = true;
    this.#note('Ctrl+C once more leaves, as do Ctrl+D and /quit.');
  }
}
