/** The message layer's context: the identity layer's codecs, and those of messages. */
import {
  createIdentityContext,
  DimError,
  type Codec,
  type IdentityContext,
  type IdentityContextOptions,
  type JsonMap,
  type Limits,
  type Plugin,
} from 'mkm';
import { copyJsonMap } from 'mkm/extend';
import { asDimError, callReader, collectDefinitions, createMapCodec } from 'mkm/internal';
import { sha256Of, type HashContext } from './hash-context.ts';
import { checkContentDefinitions } from '../extension/content-kinds.ts';
import { Content, readContentInit, UnknownContent } from '../contents/content.ts';
import type { ContentDefinition, ContentReaders } from '../extension/content-definition.ts';
import { copiedMap, withCopiedReaders, type CopiedReaders } from '../extension/copied-readers.ts';
import { Envelope, readEnvelope } from '../messages/envelope.ts';
import { InstantMessage, readInstantMessage } from '../messages/instant-message.ts';
import { readReliableMessage, ReliableMessage } from '../messages/reliable-message.ts';
import { readSecureMessage, SecureMessage } from '../messages/secure-message.ts';
import { decodeEnvelopePackage } from '../packing/envelope-package.ts';
import { decodePackage } from '../packing/message-package.ts';
import { expandMessageNames } from '../packing/short-names.ts';

/** Reads from maps and from packages. */
export interface PackageCodec<T> extends Codec<T> {
  /**
   * Reads a package as received from the network, all of it; for `Envelope`, all but what a message has beside it.
   * @throws DimError `INPUT_…`, `UNSUPPORTED_…`
   */
  decode(bytes: Uint8Array): T;
}

/** The contents that the plugins of a context define. */
export type ContentOf<P extends readonly Plugin[]> =
  P[number] extends Plugin<infer D> ? (D extends ContentDefinition<infer C> ? C : never) : never;

/** The codecs of the message layer, and of the one below. */
export interface MessageContext<C extends Content = Content> extends IdentityContext, HashContext {
  /** Contents; of a type that no plugin defines, an `UnknownContent`. */
  readonly Content: Codec<C>;
  /**
   * Envelopes. `decode` is for relays: it reads the envelope in a package of any message, and skips the content, data, keys,
   * signature, meta, visa and proof. Those are not in the `fields` of what it gives; unknown fields are. What is skipped may be
   * no JSON at all: whoever reads the message refuses it.
   */
  readonly Envelope: PackageCodec<Envelope>;
  readonly InstantMessage: Codec<InstantMessage<C>>;
  readonly SecureMessage: PackageCodec<SecureMessage>;
  readonly ReliableMessage: PackageCodec<ReliableMessage>;
}

/**
 * A context of the message layer.
 *
 * @example
 * ```ts
 * import { createMessageContext } from 'dkd';
 * import { standardPlugin } from 'dimplugins';
 *
 * const { Envelope } = createMessageContext({ plugins: [standardPlugin()] });
 * ```
 * @throws DimError `USAGE_DUPLICATE`, `USAGE_ARGUMENT` for a content without type code or kind
 */
export function createMessageContext<const P extends readonly Plugin[]>(
  options: IdentityContextOptions<P>,
): MessageContext<ContentOf<P> | UnknownContent> {
  type C = ContentOf<P> | UnknownContent;
  const identity = createIdentityContext(options);
  checkContentDefinitions(options.plugins);
  const { limits } = identity;
  const readId = (input: unknown) => identity.ID.parse(input);
  const definitions = collectDefinitions<ContentDefinition>(
    options.plugins,
    'content',
    (definition) => definition.type,
  );

  function readContent(fields: JsonMap, depth = 0): C {
    if (depth > limits.contentDepth)
      throw new DimError('INPUT_LIMIT', `contents nest more than ${limits.contentDepth} deep`);
    const init = readContentInit(fields, readId);
    const definition = definitions.get(init.type);
    if (definition === undefined) return new UnknownContent(init);
    // The table holds what the plugins P define, so that this is one of their contents.
    return callReader(`content ${init.type}`, () => definition.read(init, readersAt(depth))) as C;
  }

  function nestedReaders(depth: number, mapOf: (input: unknown) => JsonMap): CopiedReaders {
    return {
      readContent: (input) => readContent(mapOf(input), depth + 1),
      readInstantMessage: (input) =>
        readInstantMessage(expandMessageNames(mapOf(input)), readId, (fields) => readContent(fields, depth + 1)),
      readReliableMessage: (input) => readReliableMessage(expandMessageNames(mapOf(input)), readId, limits),
    };
  }

  /** One set of readers for each depth: contents in contents are counted. */
  const readersOfDepth: ContentReaders[] = [];
  function readersAt(depth: number): ContentReaders {
    readersOfDepth[depth] ??= withCopiedReaders(
      Object.freeze<ContentReaders>({
        limits,
        readId,
        readMeta: (input) => identity.Meta.parse(input),
        readDocument: (input) => identity.Document.parse(input),
        readSymmetricKey: (input) => identity.SymmetricKey.parse(input),
        ...nestedReaders(depth, (input) => copyJsonMap(input, limits)),
      }),
      nestedReaders(depth, copiedMap),
    );
    return readersOfDepth[depth];
  }

  function packageCodec<T>(
    isParsed: (input: unknown) => input is T,
    read: (fields: JsonMap) => T,
    fieldsIn: (bytes: Uint8Array, limits: Limits) => JsonMap = decodePackage,
  ): PackageCodec<T> {
    const codec = createMapCodec(limits, isParsed, (fields) => read(expandMessageNames(fields)));
    function decode(bytes: Uint8Array): T {
      try {
        return read(fieldsIn(bytes, limits));
      } catch (error) {
        throw asDimError(error);
      }
    }
    return Object.freeze({ ...codec, decode });
  }

  return Object.freeze({
    ...identity,
    sha256: sha256Of(options.plugins),
    Content: createMapCodec(
      limits,
      (input): input is C => input instanceof Content,
      (fields) => readContent(fields),
    ),
    Envelope: packageCodec(
      (input): input is Envelope => input instanceof Envelope,
      (fields) => readEnvelope(fields, readId),
      decodeEnvelopePackage,
    ),
    InstantMessage: packageCodec(
      (input): input is InstantMessage<C> => input instanceof InstantMessage,
      (fields) => readInstantMessage(fields, readId, readContent),
    ),
    SecureMessage: packageCodec(
      (input): input is SecureMessage => input instanceof SecureMessage,
      (fields) => readSecureMessage(fields, readId, limits),
    ),
    ReliableMessage: packageCodec(
      (input): input is ReliableMessage => input instanceof ReliableMessage,
      (fields) => readReliableMessage(fields, readId, limits),
    ),
  });
}
