/** What bytes are, as an explanation says it. */
import type { Fault } from './fault.ts';

/** What the bytes are, and in which shape. */
export type FormExplanation =
  /** No JSON in UTF-8, or more than the limits allow. */
  | { readonly is: 'unreadable'; readonly bytes: number; readonly fault: Fault }
  | {
      readonly is: 'not-a-map';
      readonly bytes: number;
      readonly found: 'list' | 'text' | 'other';
      readonly fault: Fault;
    }
  | {
      readonly is: MapKind;
      readonly bytes: number;
      readonly names: 'long' | 'short' | 'mixed';
      readonly data: DataExplanation;
      /** What its shape tells of the software that wrote it. */
      readonly signs: readonly WireSign[];
      readonly written: Written;
    };

/**
 * By the signs, the latest month since which the protocol has such a shape, and the earliest until which it had one. Deployed
 * clients still write old shapes, and those of several years together in one message: then `until` is not after `since`.
 */
export interface Written {
  readonly since?: string;
  readonly until?: string;
}

/**
 * What a map looks like, by the names of its fields: a signed message; one that nobody signed, one in the clear, an envelope
 * alone; or another thing of the protocol.
 */
export type MapKind =
  | 'message'
  | 'unsigned-message'
  | 'instant-message'
  | 'envelope'
  | 'content'
  | 'meta'
  | 'document'
  | 'key'
  | 'something-else';

/** How the content stands in the message. */
export type DataExplanation =
  | { readonly is: 'absent' }
  | { readonly is: 'encrypted'; readonly bytes: number; readonly written: 'base64' | 'lines' | 'data-uri' }
  /** A broadcast: the text itself. */
  | { readonly is: 'plain'; readonly bytes: number }
  | { readonly is: 'damaged'; readonly fault: Fault };

/** One sign of when, or by whom, a message was written. */
export interface WireSign {
  readonly is: SignName;
  /** Where it was seen first. */
  readonly path: string;
  /** The protocol has this shape since then: year and month. */
  readonly since?: string;
  /** The protocol had this shape until then. */
  readonly until?: string;
}

/** What is seen in the shape of a message. */
export type SignName =
  | 'short-names'
  | 'single-key'
  | 'keys-of-terminals'
  | 'iv-in-message'
  | 'no-iv'
  | 'type-in-digits'
  | 'type-as-number'
  | 'type-as-word'
  | 'time-as-text'
  | 'whole-seconds'
  | 'null-for-absent'
  | 'older-name'
  | 'newer-name'
  | 'line-breaks'
  | 'envelope-proof';

const OF_MESSAGES: ReadonlySet<FormExplanation['is']> = /* @__PURE__ */ new Set<FormExplanation['is']>([
  'message',
  'unsigned-message',
  'instant-message',
  'envelope',
]);

/** Whether it is a message in any form: of anything else, sender and signature mean nothing. */
export function isOfMessage(is: FormExplanation['is']): boolean {
  return OF_MESSAGES.has(is);
}
