/** What a command of the chat is. */
import type { ChatSession } from './chat-session.ts';

/** What a command takes, for help and completion. */
export type Argument = 'who' | 'path' | 'none';

/** A command. */
export interface ChatCommand {
  /** `/to`, `/group new`. */
  readonly name: string;
  /** What stands behind the name. */
  readonly usage: string;
  readonly about: string;
  readonly takes: Argument;
  run(session: ChatSession, words: readonly string[]): Promise<void>;
}
