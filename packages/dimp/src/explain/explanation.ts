/**
 * What can be said of a message, as data: plain, frozen, and the same after `JSON.stringify` and `JSON.parse`.
 *
 * What a peer wrote is in it as far as it is an ID, a number or a word of the protocol; anything else is short, and each
 * character that is not seen, or moves others, stands there by its number. No private key and no message key is ever in it.
 */
import type { Fault, FirstOf } from './fault.ts';
import type { FormExplanation } from './form-explanation.ts';
import type { ContentExplanation, OpeningExplanation } from './opening-explanation.ts';
import type { IntroductionExplanation, ProofExplanation, SignatureExplanation } from './sender-explanation.ts';

/** What a message is, step by step. {@link MessageExplanation.steps} says it in sentences. */
export interface MessageExplanation {
  /** What the bytes are, and in which shape. */
  readonly form: FormExplanation;
  /** Who writes to whom, and which of it anybody vouches for. */
  readonly envelope: EnvelopeExplanation;
  /** The encrypted message keys, and for whom they are. */
  readonly keys: KeysExplanation;
  /** The meta and visa that came along. */
  readonly introduction: IntroductionExplanation;
  /** Whether the data are the sender's. */
  readonly signature: SignatureExplanation;
  /** Whether the envelope is. */
  readonly proof: ProofExplanation;
  /** Whether it can be opened here: exactly what a messenger of the same user, memory and options would say. */
  readonly opening: OpeningExplanation;
  /** What is in it, as far as it can be read. */
  readonly content: ContentExplanation;
  /** The paths of fields that no reader of this library knows. They are kept, and mean nothing here. */
  readonly unknownFields: FirstOf<string>;
  /** All that is wrong: first what ends the reading, then what else was seen. */
  readonly faults: FirstOf<Fault>;
  /** The same in sentences, in the order of reading. */
  readonly steps: readonly ExplanationStep[];
}

/** Who writes to whom: each part by itself, whatever the others are. */
export interface EnvelopeExplanation {
  readonly sender: FieldExplanation<string>;
  /** `isImplied` where the message names none: it is for anyone. */
  readonly receiver: FieldExplanation<string>;
  readonly group: FieldExplanation<string>;
  /** Seconds since 1970. */
  readonly time: FieldExplanation<number>;
  /** The type of the content, in digits. */
  readonly type: FieldExplanation<string>;
  /** Whether it is for everybody, and so in the clear. */
  readonly isBroadcast: boolean;
}

/** One field of an envelope. */
export type FieldExplanation<T> =
  | { readonly is: 'absent' }
  | {
      readonly is: 'read';
      readonly value: T;
      readonly signed: SignedBy;
      /** True where the field is absent, which means this value. */
      readonly isImplied?: true;
      /** The terminal of the ID, where nobody signed that: whoever carried the message may have put it there. */
      readonly unsignedTerminal?: string;
    }
  | {
      readonly is: 'damaged';
      /** What stands there, quoted and cut short. */
      readonly shown: string;
      readonly fault: Fault;
    };

/**
 * By what the sender vouches for a field of the envelope: by having signed the data at all, by a proof of the envelope, by
 * the content that says the same; or by nothing: then it is the word of those who carried the message.
 */
export type SignedBy = 'signature' | 'proof' | 'content' | 'nothing';

/** The encrypted message keys. */
export type KeysExplanation =
  /** It is no message. */
  | { readonly is: 'absent' }
  /** A broadcast has none; `ignored` of them are there all the same. */
  | { readonly is: 'not-needed'; readonly ignored: number }
  /** The sender reuses a key that came with another message. */
  | {
      readonly is: 'reused';
      /** What the sender calls it: see `keyDigest`. */
      readonly digest?: string;
    }
  | {
      readonly is: 'carried';
      readonly digest?: string;
      /** For whom, those for this user first. */
      readonly entries: FirstOf<KeyEntryExplanation>;
    };

/** One encrypted message key. */
export interface KeyEntryExplanation {
  /** The name in the message, quoted; absent of the older `key`, which says nobody. */
  readonly name?: string;
  /** Whose it is; absent where the name is no ID. */
  readonly id?: string;
  /** For which terminal of that user; absent where it is for all. */
  readonly terminal?: string;
  /** Whether it is tried here. */
  readonly isForSelf: boolean;
  /** How long it is; absent where it is no base64. */
  readonly bytes?: number;
}

/** A sentence about one thing that was looked at. */
export interface ExplanationStep {
  readonly of: Exclude<keyof MessageExplanation, 'faults' | 'steps'>;
  /** Whether that is well; unknown where it could not be told. */
  readonly outcome: 'good' | 'bad' | 'unknown';
  /** In one line, fit for a terminal. */
  readonly says: string;
}
