/** What a chat shows, as data: a screen, lines of text and lines of JSON each show it in their way. */
import type { JsonMap } from 'dimp';
import type { DeliveryState, FileProgress, StoredMessage } from 'dimsdk';
import type { CliContent } from '../messages/open-client.ts';
import type { Name } from '../messages/names.ts';
import type { Saying } from './saying.ts';

/** A message of a conversation. */
export interface ShownMessage {
  readonly stored: StoredMessage<CliContent>;
  readonly sender: Name;
  readonly conversation: Name;
  readonly says: Saying;
  /** By which commands name it, where they have something to do with it. */
  readonly number: number | undefined;
  /** How far it is, of one that was sent from here. */
  readonly state: DeliveryState | undefined;
}

/** A step of the delivery of a message that was shown. */
export interface DeliveryStep {
  readonly message: ShownMessage;
  readonly state: DeliveryState;
  /** Why it failed, for all receivers or for one. */
  readonly error: { readonly code: string; readonly reason: string } | undefined;
  /** Whether it waits for somebody of whom the station knows nothing. */
  readonly waitsForReceiver: boolean;
  /** Whether it is the last one that this person wrote: of others, only what went wrong is worth a line of its own. */
  readonly isLast: boolean;
}

/** Something to show. */
export type Item =
  | {
      readonly is: 'message';
      readonly message: ShownMessage;
      /** Whether the person has just typed it here, and has it before the eyes. */
      readonly isTyped: boolean;
    }
  /** From here on it is about another conversation. */
  | { readonly is: 'conversation'; readonly name: Name; readonly unread: number }
  /** A line about what happened. `json` has it for machines, with an `event`. */
  | { readonly is: 'notice' | 'alarm'; readonly text: string; readonly json: JsonMap }
  /** What a command answers, in lines. Only people give commands. */
  | { readonly is: 'answer'; readonly text: string };

/** A file that is on its way. */
export interface Transfer {
  readonly key: string;
  readonly filename: string;
}

/** How far it is, or how it ended. */
export type TransferStep = FileProgress | 'done' | 'failed';

/** Shows a chat. What is shown at a slow pipe is waited for. */
export interface View {
  show(item: Item): Promise<void>;
  delivery(step: DeliveryStep): Promise<void>;
  transfer(transfer: Transfer, step: TransferStep): void;
  /** With whom the person talks from now on. */
  talk(name: Name | undefined): void;
  /** Whether the person says yes. */
  ask(question: string): Promise<boolean>;
}
