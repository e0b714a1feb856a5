/** What a message is, step by step, for people who look for what is wrong with one. */
import type { Content, DimError, ID, JsonMap, MessageContext } from 'dkd';
import { copyJson, optionalFieldOf, requireArgument } from 'dkd/extend';
import { bytesArgument, timeBy } from 'dkd/internal';
import type { Memory } from '../memory/memory.ts';
import { checkStrictness, type Strictness } from '../messaging/open-message.ts';
import { checkFlag, checkLocalUser, checkMemoryArgument } from '../trust/check-options.ts';
import { explainContent, explainOpening } from './explain-content.ts';
import { explainEnvelope } from './explain-envelope.ts';
import { explainForm } from './explain-form.ts';
import { explainKeys } from './explain-keys.ts';
import { explainProof, explainSignature, readSender, type ReadSender } from './explain-sender.ts';
import type { MessageExplanation } from './explanation.ts';
import { faultOf, firstOf, type Fault } from './fault.ts';
import { isOfMessage } from './form-explanation.ts';
import { endOf, readContent, type ReadContent } from './read-content.ts';
import { readPackage, type ReadPackage } from './read-package.ts';
import { MemoryFailure, NO_MEMORY, snapshotOf } from './snapshot.ts';
import { stepsOf } from './steps.ts';
import { unknownFieldsOf } from './unknown-fields.ts';

/** With what to explain a message. Everything may be left out: then less can be said. */
export interface ExplainOptions extends Strictness {
  /** What is known here; nothing, if not given. It is asked, and never told to keep anything. */
  readonly memory?: Memory | undefined;
  /** The local user for whom to open it; it is not opened, if not given. */
  readonly self?: ID | undefined;
  /**
   * Whether to tell what the content says; only of which kind it is, if not given. Explanations go to logs and into reports of
   * what went wrong, where nobody should find what people write to each other. Keys are never shown.
   */
  readonly showContent?: boolean | undefined;
}

/**
 * Explains the bytes of a message, whatever they are: what they are, who is named in them and who vouches for it, which keys they
 * carry, whether they verify and can be opened here, and if not, why. With the options of a messenger, it says what `unpack` would
 * do. Nothing is kept, and nothing is marked as read.
 *
 * It is for the user of this device. Who answers a peer with what it says tells them what they should not know.
 *
 * @example
 * ```ts
 * import { explainMessage, type Dim, type ID, type Store } from 'dimp';
 *
 * async function describe(dim: Dim, store: Store, self: ID, bytes: Uint8Array): Promise<string> {
 *   const { steps } = await explainMessage(dim, bytes, { memory: store, self });
 *   return steps.map(({ outcome, says }) => `${outcome}: ${says}`).join('\n');
 * }
 * ```
 * @throws DimError `USAGE_ARGUMENT` for wrong arguments; `INTERNAL_STORE` where memory gives what cannot be right. Errors of the
 * memory arrive as they are. Whatever is wrong with the bytes is part of the explanation
 */
export async function explainMessage<C extends Content>(
  context: MessageContext<C>,
  bytes: Uint8Array,
  options: ExplainOptions = {},
): Promise<MessageExplanation> {
  requireArgument(context, 'context');
  checkOptions(options);
  const given = bytesArgument(bytes, 'bytes');
  const now = timeBy(options.clock);
  const memory = options.memory === undefined ? NO_MEMORY : snapshotOf(options.memory);
  try {
    const explanation = await explain(context, memory, given, { ...options, now, clock: () => now });
    // Frozen, and nothing in it that JSON has not.
    return copyJson(explanation) as unknown as MessageExplanation;
  } catch (error) {
    throw error instanceof MemoryFailure ? error.cause : error;
  }
}

function checkOptions(options: ExplainOptions): void {
  if (options.self !== undefined) checkLocalUser(options.self);
  if (options.memory !== undefined) checkMemoryArgument(options.memory);
  checkStrictness(options);
  checkFlag(options.showContent, 'showContent');
}

async function explain(
  context: MessageContext,
  memory: Memory,
  bytes: Uint8Array,
  options: ExplainOptions & { readonly now: number },
): Promise<MessageExplanation> {
  const { self } = options;
  const read = readPackage(context, bytes);
  const { message, fields, decoded } = read;
  const from = message && (await readSender(context, memory, message, options));
  const content = await readContent(context, memory, { read, from }, { ...options, self });
  const end = endOf(read, from, content);
  const contentFields = content.found?.content?.fields;
  const form = explainForm(context, read, contentFields);
  // Of anything else, a field of the same name means something else.
  const ofMessage = isOfMessage(form.is) ? fields : undefined;
  const envelope = explainEnvelope(context, ofMessage, vouchingOf(from, content));
  const explained = {
    form,
    envelope,
    keys: explainKeys(context, ofMessage, { isBroadcast: envelope.isBroadcast, message, self }),
    introduction: from?.introduction ?? unreadIntroduction(ofMessage),
    signature: explainSignature(
      context,
      from,
      isThere(ofMessage, 'signature') && !decoded.ok ? decoded.error : undefined,
    ),
    proof: explainProof(from, message, options.requireEnvelopeProof === true),
    opening: explainOpening(self, content, from, end),
    content: explainContent(content, {
      isSealed: isThere(ofMessage, 'data'),
      showContent: options.showContent === true,
      isReplayAsked: options.replay !== false,
      hasMemory: options.memory !== undefined,
    }),
    unknownFields: ofMessage === undefined ? firstOf<string>([]) : unknownFieldsOf(ofMessage, content.found?.content),
  };
  const faults = firstOf(faultsOf(read, from, content, end));
  return { ...explained, faults, steps: stepsOf(explained) };
}

function vouchingOf(from: ReadSender | undefined, { found }: ReadContent): Parameters<typeof explainEnvelope>[2] {
  const verified = from?.sender.ok === true ? from.sender.value.message.message : undefined;
  const isSignedContent = verified !== undefined && found?.fault === undefined && found?.from !== 'clear-and-unsigned';
  return {
    verified,
    isProven: from?.proof?.ok === true && from.proof.value === 'envelope',
    content: isSignedContent ? found?.content : undefined,
  };
}

function isThere(fields: JsonMap | undefined, name: string): boolean {
  return fields !== undefined && optionalFieldOf(fields, name) !== undefined;
}

/** What came along with a message that nothing can be verified of. */
function unreadIntroduction(fields: JsonMap | undefined): MessageExplanation['introduction'] {
  const is = (name: string) => (isThere(fields, name) ? 'not-checked' : 'absent');
  const [meta, visa] = [is('meta'), is('visa')] as const;
  return {
    is: meta === 'absent' && visa === 'absent' ? 'absent' : 'not-used',
    meta: { is: meta },
    visa: { is: visa },
  };
}

/** All that is wrong, each thing once: first what ends the reading. */
function faultsOf(
  read: ReadPackage,
  from: ReadSender | undefined,
  content: ReadContent,
  end: DimError | undefined,
): readonly Fault[] {
  const { decrypted, agreement, times, unread, found } = content;
  const results = [read.decoded, from?.sender, from?.proof, decrypted, agreement, times, unread];
  const errors = [end, ...results.map((result) => (result?.ok === false ? result.error : undefined))];
  const seen = [...errors, ...read.faults.values(), found?.fault].filter((error) => error !== undefined);
  const attached = [from?.introduction.meta, from?.introduction.visa].map((part) =>
    part?.is === 'wrong' ? part.fault : undefined,
  );
  const all = [...seen.map((error) => faultOf(error)), ...attached.filter((fault) => fault !== undefined)];
  const places = new Set<string>();
  return all.filter(({ code, path }) => {
    const place = `${code} ${path}`;
    return !places.has(place) && places.add(place);
  });
}
