/** Who a message is from, as an explanation says it. */
import type { Fault } from './fault.ts';

/** Whether the data of a message are the sender's. */
export type SignatureExplanation =
  | { readonly is: 'absent' }
  /** It verifies, by a key of the sender. */
  | { readonly is: 'verified'; readonly by: SignerExplanation }
  /** It verifies by the attached meta, and memory has another one for this ID: an alarm. */
  | { readonly is: 'another-identity'; readonly fault: Fault }
  /** None of the sender's keys made it. */
  | { readonly is: 'wrong'; readonly fault: Fault }
  /** There is no key of the sender to check it by, or the message is too damaged. */
  | { readonly is: 'not-checked'; readonly fault: Fault };

/** The key that verified a message. */
export interface SignerExplanation {
  /** Whose it is, without a terminal. */
  readonly id: string;
  /** Whether it is the key of the meta, or that of a visa under it. */
  readonly key: 'meta' | 'visa';
  readonly algorithm: string;
  /** SHA-256 of the public key, its first 16 bytes in hex: the same however the key is written. */
  readonly fingerprint: string;
  /** Where the meta is from: known here before, or attached to this very message and seen for the first time. */
  readonly metaFrom: 'memory' | 'message';
}

/** Whether the envelope of a message is the sender's. */
export type ProofExplanation =
  /** There is none: nobody vouches for the envelope. `isDemanded` where the options want one. */
  | { readonly is: 'absent'; readonly isDemanded: boolean }
  | {
      readonly is: 'verified';
      /** The group that the whole was written to: then it is not said to which member this part went. */
      readonly group?: string;
    }
  | { readonly is: 'wrong'; readonly fault: Fault }
  /** The signature of the message comes first. */
  | { readonly is: 'not-checked' };

/** The meta and visa that came along. */
export interface IntroductionExplanation {
  /** What a messenger would do about it; `not-used` where it does not come so far. */
  readonly is: 'absent' | 'kept' | 'known' | 'refused' | 'not-used';
  readonly meta: AttachedExplanation;
  readonly visa: AttachedExplanation;
}

/** Something attached. */
export type AttachedExplanation =
  | { readonly is: 'absent' }
  /** It is sound, the sender's own, and nothing that was not known. */
  | { readonly is: 'known' }
  /** It is sound, the sender's own, and new here. */
  | { readonly is: 'new' }
  | { readonly is: 'wrong'; readonly fault: Fault }
  /** A visa without a meta to check it by. */
  | { readonly is: 'not-checked' };
