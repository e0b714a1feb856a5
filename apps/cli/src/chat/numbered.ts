/** Numbers of messages, for commands that do something with one: save its file, show the rest of its text. */
import { foreignLines, type ForeignText } from '../text/foreign-text.ts';
import type { ShownMessage } from './view.ts';

/** What is shown of a text at first. */
export const FIRST_PART = { lines: 12, characters: 1500 } as const;

/** What `/show` shows of it at once. */
const NEXT_PART = { lines: 200, characters: 16_000 } as const;

/** Of older messages than the last of these, the numbers are forgotten. */
const KEPT = 1000;

interface Numbered {
  readonly message: ShownMessage;
  /** Where the part begins that was not shown. */
  next: number | undefined;
}

/** Gives numbers, and finds messages by them. */
export class NumberedMessages {
  readonly #messages = new Map<number, Numbered>();
  #last = 0;

  /** A message with its number, where it has a file or is longer than what is shown of it. */
  number(message: Omit<ShownMessage, 'number'>): ShownMessage {
    const { next } = foreignLines(message.says.text, FIRST_PART);
    if (next === undefined && message.says.attachment === undefined) return { ...message, number: undefined };
    const numbered = { ...message, number: ++this.#last };
    this.#messages.set(numbered.number, { message: numbered, next });
    this.#messages.delete(numbered.number - KEPT);
    return numbered;
  }

  /** Without a number, the last one that fits. */
  find(number: number | undefined, fits: (message: ShownMessage) => boolean): ShownMessage | undefined {
    if (number !== undefined) return this.#messages.get(number)?.message;
    let last: ShownMessage | undefined;
    for (const { message } of this.#messages.values()) if (fits(message)) last = message;
    return last;
  }

  /** The next part of a text; from the beginning again after its end. */
  nextPart({ number, says }: ShownMessage): ForeignText {
    const numbered = number === undefined ? undefined : this.#messages.get(number);
    const part = foreignLines(says.text, NEXT_PART, numbered?.next ?? 0);
    if (numbered !== undefined) numbered.next = part.next;
    return part;
  }
}
