/** What the receiver's device makes of a package. */
import { isDimError, type Content, type DimError } from 'dimp';
import { encodeUtf8 } from 'dimp/extend';
import type { Journey } from './journey.ts';
import { dim, storeOfReceiver } from './people.ts';

/** A refusal, with the address of what to do about it. */
export interface Refusal {
  readonly code: string;
  readonly path: string;
  readonly reason: string;
}

export type Outcome =
  | {
      readonly is: 'read';
      readonly text: string;
      /** What the sender vouches for: the content alone, or the envelope too. */
      readonly authenticated: 'content' | 'envelope';
      /** Why the attached meta or visa was not believed. */
      readonly introduction: Refusal | undefined;
    }
  | { readonly is: 'refused'; readonly by: Refusal };

/**
 * Delivers what stands in a package to the receiver, as that device was before anything came.
 * @param copies how often it is delivered; the outcome is that of the last
 */
export async function deliver(journey: Journey, text: string, copies = 1): Promise<Outcome> {
  const { people, isProven } = journey;
  const store = await storeOfReceiver(people);
  const messenger = dim.messenger({ self: people.receiver.id, store, requireEnvelopeProof: isProven });
  const bytes = encodeUtf8(text);
  try {
    for (let copy = 1; copy < copies; copy++) await messenger.unpack(bytes);
    const { content, authenticated, introduction } = await messenger.unpack(bytes);
    return {
      is: 'read',
      text: textOf(content),
      authenticated,
      introduction: isDimError(introduction) ? refusalOf(introduction) : undefined,
    };
  } catch (error) {
    if (!isDimError(error)) throw error;
    return { is: 'refused', by: refusalOf(error) };
  }
}

function textOf(content: Content): string {
  return content.kind === 'text' && 'text' in content ? String(content.text) : content.kind;
}

function refusalOf({ code, path, reason }: DimError): Refusal {
  return { code, path, reason };
}
