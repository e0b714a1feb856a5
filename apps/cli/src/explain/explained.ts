/** One of what was found in a file. */
import type { MessageExplanation } from 'dimp';

/** What is told of it. */
export interface Explained {
  readonly explanation: MessageExplanation;
  /** What it is where it is no message. */
  readonly otherwise: string | undefined;
  /** Whether it could be opened with a passphrase that nobody gave. */
  readonly isLocked: boolean;
}
