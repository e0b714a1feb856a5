/** Signals that ask a station to end: the first one gently, the next at once. */
import type { CommandContext } from './command-context.ts';

/** What shells add to the number of a signal. */
const KILLED = 128;
const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

/** Waits for the first signal, and lets the second one end the process. */
export class StopSignal {
  /** Resolves with the first one. */
  readonly asked: Promise<void>;
  readonly release: () => void;
  #name: keyof typeof NUMBERS | undefined;

  constructor({ onSignal, exitNow }: Pick<CommandContext, 'onSignal' | 'exitNow'>) {
    let ask = (): void => undefined;
    this.asked = new Promise((resolve) => {
      ask = resolve;
    });
    this.release = onSignal((signal) => {
      if (this.#name !== undefined) exitNow(KILLED + NUMBERS[signal]);
      this.#name ??= signal;
      ask();
    });
  }

  /** That of the first one. */
  get name(): string | undefined {
    return this.#name;
  }
}
