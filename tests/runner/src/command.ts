/** What can be given to a command of this repository, as data: its help is made of it, and what was given is read by it. */

/** An option with nothing behind it. */
export interface Flag {
  readonly kind: 'flag';
  readonly about: string;
  /** What it means not to give it. One that is on is given as `--no-NAME`, and is off then. */
  readonly isOn: boolean;
}

/** An option with a value behind it. */
export interface Valued<T> {
  readonly kind: 'valued';
  /** What stands behind it, in the help: `DIR`. */
  readonly takes: string;
  readonly about: string;
  /** Its value where it is not given. */
  readonly fallback: T;
  /** The same, for people. */
  readonly or: string | undefined;
  /** Its value, of all that was given for it. @throws UsageError with what is wrong; which option it was, the parser says */
  read(texts: readonly string[]): T;
}

/** Options by their names, without the dashes. */
export type Options = Readonly<Record<string, Flag | Valued<unknown>>>;

/** What came of options. */
export type Values<O extends Options> = {
  readonly [name in keyof O]: O[name] extends Valued<infer T> ? T : boolean;
};

/** Names that are given without an option: one or more of them. */
export interface Words<W extends string> {
  readonly what: string;
  /** Each with a line about it. */
  readonly choices: Readonly<Record<W, string>>;
}

/** What can be given to a command. */
export interface Command<O extends Options = Options, W extends string = never> {
  /** As it is called: `pnpm fuzz`. */
  readonly name: string;
  /** What it does, in a line or two. */
  readonly about: string;
  readonly options: O;
  readonly words?: Words<W>;
  /** Command lines, without its name, and what each does. */
  readonly examples: readonly (readonly [line: string, about: string])[];
  /** What is wrong with options that are right by themselves. */
  check?(values: Values<O>): string | undefined;
}

/** Says what can be given to a command. */
export function defineCommand<O extends Options, W extends string = never>(command: Command<O, W>): Command<O, W> {
  return command;
}
