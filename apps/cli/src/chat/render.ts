/** What is shown, as lines for people. */
import { foreignLines } from '../text/foreign-text.ts';
import { SPARE, wrapped } from '../text/wrapped.ts';
import type { Look } from './look.ts';
import { FIRST_PART } from './numbered.ts';
import { UNKNOWN_ID } from '../messages/until-delivery.ts';
import type { DeliveryStep, Item, ShownMessage } from './view.ts';

/** Where a name begins: after the mark and the time. */
const NAME_COLUMN = 9;

/** Where all further lines of a message begin: not below the names, as a text could look like another one's message there. */
const TEXT_COLUMN = 11;

/** Renders for one terminal, or for readers of words. */
export class Renderer {
  readonly look: Look;
  #lastDay: string | undefined;

  constructor(look: Look) {
    this.look = look;
  }

  /** The lines of an item, none wider than the terminal; the first of a message can be rendered again. */
  lines(item: Item, columns: number): readonly string[] {
    const { style } = this.look;
    switch (item.is) {
      case 'message':
        return [...this.#day(item.message), ...this.message(item.message, columns)];
      case 'conversation':
        this.#lastDay = undefined;
        return [style('bold', this.#ruled(item.name.text, columns))];
      case 'alarm':
        return this.#marked('!!! ', item.text, columns).map((line) => style(['bold', 'red'], line));
      case 'notice':
        return this.#marked('* ', item.text, columns).map((line) => style('dim', line));
      case 'answer':
        return item.text.split('\n').flatMap((line) => this.#indented(line, columns));
      default:
        return item satisfies never;
    }
  }

  /** A message, without the day. */
  message(message: ShownMessage, columns: number): readonly string[] {
    const { look } = this;
    const mark = message.state === undefined ? '  ' : look.signs.marks[message.state];
    const isFailed = message.state === 'failed';
    const head = `${isFailed ? look.style('red', mark) : mark} ${look.style('dim', timeText(message.stored.time))} `;
    const [first = '', ...rest] = this.#body(message).flatMap((line) => wrapped(line, columns - TEXT_COLUMN - SPARE));
    return [head + first, ...rest.map((line) => ' '.repeat(TEXT_COLUMN) + line)];
  }

  /** A message for those who hear it, or read it in a file. */
  words(message: ShownMessage): readonly string[] {
    const [first = '', ...rest] = this.#body(message);
    return [...this.#day(message), `${timeText(message.stored.time)} ${first}`, ...rest.map((line) => `    ${line}`)];
  }

  /** A step of a delivery, as a line of its own. */
  step({ message, state, waitsForReceiver, error }: DeliveryStep): string {
    const text = foreignLines(message.says.text, { lines: 1, characters: 30 }).lines[0] ?? '';
    const what = message.says.label ?? (text === '' ? 'it' : `"${text}"`);
    if (waitsForReceiver && error === undefined) return `waits: ${what}: ${UNKNOWN_ID}`;
    const why =
      error === undefined ? '' : `: ${foreignLines(error.reason, { lines: 1, characters: 300 }).lines[0] ?? ''}`;
    return `${state === 'failed' ? 'not delivered' : state}: ${what}${why}`;
  }

  /** What a line is broken into begins where the line does. */
  #indented(line: string, columns: number): readonly string[] {
    const text = line.trimStart();
    const indent = line.slice(0, line.length - text.length);
    return wrapped(text, columns - indent.length - SPARE).map((part) => indent + part);
  }

  /** A text of this program behind a sign. */
  #marked(sign: string, text: string, columns: number): readonly string[] {
    const lines = wrapped(text.replaceAll('\n', ' '), columns - sign.length - SPARE);
    return lines.map((line, at) => (at === 0 ? sign : ' '.repeat(sign.length)) + line);
  }

  #body({ sender, says, number }: ShownMessage): readonly string[] {
    const { style } = this.look;
    const { lines, next, linesLeft } = foreignLines(says.text, FIRST_PART);
    const name = style(sender.isOwn ? 'dim' : ['bold', 'cyan'], sender.text);
    const get = says.attachment === undefined || sender.isOwn || number === undefined ? '' : `: /get ${number}`;
    const label = says.label === undefined ? [] : [`[${says.label}${get}]`];
    const [first = '', ...rest] = [...label, ...(says.label !== undefined && says.text === '' ? [] : lines)];
    const more = next === undefined ? [] : [style('dim', this.#more(linesLeft, says.text.length - next, number))];
    return [`${name}: ${first}`, ...rest, ...more];
  }

  #more(lines: number, characters: number, number: number | undefined): string {
    const what = lines > 1 ? `${lines} more lines` : `${characters} more characters`;
    return `${this.look.signs.ellipsis} ${what}${number === undefined ? '' : `: /show ${number}`}`;
  }

  #day({ stored }: ShownMessage): readonly string[] {
    const day = dayText(stored.time);
    if (day === this.#lastDay) return [];
    this.#lastDay = day;
    return [' '.repeat(NAME_COLUMN) + this.look.style('dim', `${this.look.signs.rule} ${day} ${this.look.signs.rule}`)];
  }

  #ruled(text: string, columns: number): string {
    const { rule } = this.look.signs;
    const line = `${rule.repeat(2)} ${text} `;
    return line + rule.repeat(Math.max(2, Math.min(columns, 60) - line.length - 1));
  }
}

const DAY = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** Writers choose times, and need not choose one that there is. */
function dayText(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? 'at no time' : DAY.format(time);
}

function timeText(seconds: number): string {
  const time = new Date(seconds * 1000);
  const two = (number: number): string => String(number).padStart(2, '0');
  return Number.isNaN(time.getTime()) ? '--:--' : `${two(time.getHours())}:${two(time.getMinutes())}`;
}
