/** Whether a message can be opened, and what is in it, as an explanation says it. */
import type { JsonValue } from 'dkd';
import type { Fault } from './fault.ts';

/** Whether it can be opened here. */
export type OpeningExplanation =
  | {
      readonly is: 'opened';
      /** Whether nobody but its receivers could read it on its way. */
      readonly wasEncrypted: boolean;
      /** The algorithm of the message key; absent for broadcasts. */
      readonly algorithm?: string;
      /** What the sender's signatures vouch for. */
      readonly authenticated: 'envelope' | 'content';
    }
  /** `NOT_RECIPIENT`: it is for another user, or for other devices of this one. */
  | { readonly is: 'not-for-here'; readonly fault: Fault }
  /** `MISSING_…`: the fault says what. */
  | { readonly is: 'missing'; readonly fault: Fault }
  | { readonly is: 'failed'; readonly fault: Fault }
  /** The call names no user for whom to open it. */
  | { readonly is: 'not-tried' };

/** What is in a message. */
export type ContentExplanation =
  | { readonly is: 'absent' }
  /** Encrypted, and not opened here. */
  | { readonly is: 'sealed' }
  | ({
      readonly is: 'read';
      readonly from: ContentSource;
      readonly kind: string;
      readonly agreement: AgreementExplanation;
      /** How many seconds the envelope's time is later than the content's; absent where one of them has none. */
      readonly timeDifference?: number;
      readonly freshness: Freshness;
      /** What it says, cut short and without keys: with `showContent` alone. */
      readonly shown?: JsonValue;
    } & ContentFacts)
  | ({
      readonly is: 'damaged';
      readonly from: ContentSource;
      readonly fault: Fault;
      readonly shown?: JsonValue;
    } & Partial<ContentFacts>);

/** What all contents say. */
export interface ContentFacts {
  /** In digits. */
  readonly type: string;
  /** The serial number in digits: it may be longer than a number can be. */
  readonly sn: string;
  /** Seconds since 1970. */
  readonly time?: number;
  readonly group?: string;
  /** The name of the command. */
  readonly command?: string;
}

/** Where a content was read: decrypted after its signature was verified; in the clear, signed by the sender or not. */
export type ContentSource = 'decrypted' | 'clear-and-signed' | 'clear-and-unsigned';

/** Whether the envelope says of the content what the content says. */
export type AgreementExplanation =
  | { readonly is: 'agrees' }
  | { readonly is: 'differs'; readonly fault: Fault }
  /** The envelope is too damaged. */
  | { readonly is: 'not-compared' };

/**
 * Whether a messenger would read it now: `read-before`, `too-early` and `too-late` are refused, and so is `undated`, which
 * cannot be told from a repeated one. `not-asked` where the options leave that to the application, `not-known` without a memory
 * and a user. Asking marks nothing.
 */
export type Freshness = 'new' | 'read-before' | 'too-early' | 'too-late' | 'undated' | 'not-asked' | 'not-known';
