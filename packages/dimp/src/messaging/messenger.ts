/** Pack and unpack: the two calls that an application needs. Each is a plan, and its commit. */
import {
  DimError,
  keyDirection,
  type Content,
  type ID,
  type MessageContext,
  type PackageOptions,
  type ReliableMessage,
  type Result,
} from 'dkd';
import { checkArguments, requireArgument, within } from 'dkd/extend';
import { checkId, resultOf, timeBy } from 'dkd/internal';
import { checkWireShape, type WireShape } from '../wire-shapes/wire-shape.ts';
import { authenticate, type AuthenticatedMessage } from '../trust/authenticate.ts';
import type { Plan, Store } from '../memory/change.ts';
import { beginAhead, checkSource, type Source } from '../pace/begin-ahead.ts';
import { checkTurn, LongWork } from '../pace/long-work.ts';
import { decryptAhead } from './decrypt-ahead.ts';
import { encodePackage } from './encode-package.ts';
import { checkCount, checkStoreArgument, isReliableMessage, ownMessage } from '../trust/check-options.ts';
import { commitInTurn } from '../memory/in-turn.ts';
import { learnIdentity, type LearnedIdentity, type OfferedIdentity } from '../trust/learn-identity.ts';
import { handOver } from '../message-keys/message-keys.ts';
import { checkOpenOptions, openInSteps, type ReplayLimits, type UnpackedMessage } from './open-message.ts';
import { packMessage, type PackedMessage, type PackMessageOptions } from './pack-message.ts';
import { commitMarked, waitForCopies } from './pending-marks.ts';
import { openWithKeys } from './pending-keys.ts';

/** For whom a messenger works, and with which memory. */
export interface MessengerOptions {
  /** The local user; with a terminal where this device has a key of its own. */
  readonly self: ID;
  readonly store: Store;
  /** In which shapes to write where a call does not say; `2.4`, if not given. */
  readonly wireShape?: WireShape;
  /**
   * How old a message may be, and how far ahead the clock of its sender, for it to be read once: 30 days and one day, if
   * not given. `false` where the application finds repeated messages by itself.
   */
  readonly replay?: ReplayLimits | false;
  /** Refuses messages whose sender does not vouch for the envelope: see {@link PackMessageOptions.proveEnvelope}. */
  readonly requireEnvelopeProof?: boolean;
  /**
   * Refuses messages whose envelope and content name times that are further apart, in seconds, or whose envelope names
   * none. People may write a content long before they send it, so that there is no limit, if not given.
   */
  readonly maxTimeDifference?: number;
  /**
   * The algorithms of message keys, the best first; `MESSAGE_ALGORITHMS`, if not given. One is used only where all
   * receivers name it in their visas; AES needs no name.
   */
  readonly messageAlgorithms?: readonly string[];
  /** The time now, in seconds since 1970. */
  readonly clock?: () => number;
  /**
   * How many messages {@link Messenger.unpackAll} takes at a time: 64, if not given, and no more than 16 MiB of them, but for one that
   * is larger. On threads their keys are decrypted side by side: see `threadedBackend` of `dimplugins/backends/native`.
   */
  readonly atATime?: number;
  /**
   * How long the messengers of a thread have worked when this one lets everything else have its turn, such as timers, the network, and
   * a page, in milliseconds: 10, if not given, and 1 at least. With `Infinity` it goes on until nothing is left to do.
   */
  readonly longestTurn?: number;
}

/**
 * What became of one of many packages. One that failed may be good: what is missing of it may come, and a store may be full. The
 * guide on errors says what to do with which.
 */
export type OpenedPackage<C extends Content = Content> =
  | { readonly is: 'read'; readonly bytes: Uint8Array; readonly unpacked: UnpackedMessage<C> }
  | { readonly is: 'failed'; readonly bytes: Uint8Array; readonly error: unknown };

/** How to pack a message: bytes tell of nobody who was left out, so that here it goes to all or to none. */
export interface PackOptions extends PackageOptions, Omit<PackMessageOptions, 'skipUnreachable'> {}

/** How many messages are opened at a time: enough for all processors of a machine. */
const AT_A_TIME = 64;

/** Of how many bytes no more are taken, of those that are opened next. */
const MAX_BYTES_AHEAD = 16 * 1024 * 1024;

/** A cast lets anything in, which is no message then. */
function sizeOf(bytes: Uint8Array): number {
  return ArrayBuffer.isView(bytes) ? bytes.byteLength : 0;
}

/** Packs and unpacks messages for one local user. */
export class Messenger<C extends Content = Content> {
  readonly self: ID;
  readonly #context: MessageContext<C>;
  readonly #store: Store;
  readonly #options: MessengerOptions;
  readonly #atATime: number;
  readonly #work: LongWork;

  /** @throws DimError `USAGE_ARGUMENT` for options that would switch off what they are to limit */
  constructor(context: MessageContext<C>, options: MessengerOptions) {
    checkOpenOptions(requireArgument(options, 'options'));
    checkStoreArgument(options.store);
    checkWireShape(options.wireShape);
    timeBy(options.clock);
    this.#atATime = checkCount(options.atATime ?? AT_A_TIME, 'atATime');
    this.#work = new LongWork(checkTurn(options.longestTurn, 'longestTurn'));
    this.#context = context;
    this.#store = options.store;
    this.#options = options;
    this.self = options.self;
  }

  /**
   * Encrypts a content for a receiver, signs it, and writes the package for the network.
   *
   * @param receiver a user, a user's terminal, a group, or a broadcast ID. Where no visa of the terminal is known, it goes
   * to all devices of the user whose visas are
   * @throws DimError `MISSING_VISA`, `MISSING_MEMBERS`, `MISSING_PRIVATE_KEY`, each with all that is missing;
   * `USAGE_ARGUMENT` for what no reader would take
   */
  async pack(content: Content, receiver: ID, options: PackOptions = {}): Promise<Uint8Array> {
    const { wireShape = this.#options.wireShape ?? '2.4' } = options;
    if (wireShape === 'deployed' && options.shortNames === true) {
      throw new DimError('USAGE_ARGUMENT', 'the shape `deployed` has no short names', { path: 'shortNames' });
    }
    const plan = await this.#plan(content, receiver, options);
    const bytes = encodePackage(plan.value.message, this.#context.limits, options);
    await this.#commit(plan);
    return bytes;
  }

  /**
   * {@link Messenger.pack}, as a message and not yet as bytes, with those whom it does not reach.
   *
   * @param receiver as for {@link Messenger.pack}: where no visa of a terminal is known, all devices of the user
   */
  async packMessage(content: Content, receiver: ID, options: PackMessageOptions = {}): Promise<PackedMessage> {
    return this.#commit(await this.#plan(content, receiver, options));
  }

  async #plan(content: Content, receiver: ID, options: PackMessageOptions): Promise<Plan<PackedMessage>> {
    // An option that a call leaves undefined is one that it does not give.
    const { wireShape = this.#options.wireShape ?? '2.4' } = options;
    const { self, messageAlgorithms, clock } = this.#options;
    const writer = { self, messageAlgorithms, clock, wireShape };
    const all = { ...options, ...writer };
    return this.#work.do(() => packMessage(this.#context, this.#store, { content, receiver }, all));
  }

  /**
   * Says that the network has taken a message, as by a receipt of the station. From then on its key may be left out of
   * the next ones: see {@link PackMessageOptions.reuseKey}.
   *
   * @param message as it was packed, or its bytes
   * @throws DimError `USAGE_ARGUMENT` for what is no message
   */
  async handedOver(message: ReliableMessage | Uint8Array): Promise<void> {
    const sent = isReliableMessage(message)
      ? ownMessage(this.#context, message)
      : checkArguments(() => within('message', () => this.#context.ReliableMessage.decode(message)));
    const changes = await handOver(this.#store, keyDirection(sent), sent);
    if (changes.length > 0) await this.#store.commit(changes);
  }

  /**
   * Reads a package, verifies the sender's signature, and decrypts the content.
   *
   * @throws DimError `INPUT_…` and `UNSUPPORTED_…` when it is no such message; `NOT_RECIPIENT` when it is not for this
   * user or device; `MISSING_…` for what is to be fetched first; `CRYPTO_VERIFY`, `CRYPTO_DECRYPT`, `CRYPTO_META_CHANGED`;
   * `INPUT_REPLAY`, `INPUT_TOO_EARLY`, `INPUT_TOO_LATE`. Errors of the store arrive as they are, and `INTERNAL_STORE`
   * says that it gave what cannot be read: then the message is not read, and may come again
   */
  async unpack(bytes: Uint8Array): Promise<UnpackedMessage<C>> {
    return this.open(this.#context.ReliableMessage.decode(bytes));
  }

  /** {@link Messenger.unpack}, of a message that was read already. */
  async open(received: ReliableMessage): Promise<UnpackedMessage<C>> {
    const message = ownMessage(this.#context, received);
    return openWithKeys(this.#store, message, () => this.#open(message));
  }

  /**
   * {@link Messenger.unpack}, of many, such as all that a station kept: one after the other, while the keys of the next ones are
   * decrypted already. An error of one, also one of the store, is what became of that one, and the others follow.
   *
   * Whoever stops early has read no more than was given. Some of the next ones were taken from `packages`: see
   * {@link MessengerOptions.atATime}. So whatever they come from keeps each until its outcome is there.
   *
   * @param packages may come now and then
   * @returns what became of each, in the order of the packages
   * @throws what `packages` throws, behind all that it gave before
   * @example
   * ```ts
   * import type { Messenger } from 'dimp';
   *
   * async function readAll(messenger: Messenger, packages: readonly Uint8Array[]): Promise<void> {
   *   for await (const opened of messenger.unpackAll(packages)) {
   *     if (opened.is === 'read') console.log(opened.unpacked.content.kind);
   *     else console.warn('not read', opened.error);
   *   }
   * }
   * ```
   */
  unpackAll(
    packages: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): AsyncGenerator<OpenedPackage<C>, void, undefined> {
    return this.#openAll(checkSource(packages, 'packages'));
  }

  async *#openAll(packages: Source<Uint8Array>): AsyncGenerator<OpenedPackage<C>, void, undefined> {
    const limits = { most: this.#atATime, weight: { limit: MAX_BYTES_AHEAD, of: sizeOf } };
    const begun = beginAhead(packages, limits, async (bytes) => ({ bytes, result: await this.#begin(bytes) }));
    for await (const { bytes, result } of begun) yield this.#finish(bytes, result);
  }

  async #begin(bytes: Uint8Array): Promise<Result<ReliableMessage>> {
    // At once: whoever gives it may use its memory again for the next one.
    const result = resultOf(() => this.#context.ReliableMessage.decode(bytes));
    await this.#work.pause();
    if (result.ok) await decryptAhead(this.#context, this.#store, result.value, this.self);
    return result;
  }

  async #finish(bytes: Uint8Array, result: Result<ReliableMessage>): Promise<OpenedPackage<C>> {
    if (!result.ok) return { is: 'failed', bytes, error: result.error };
    try {
      return { is: 'read', bytes, unpacked: await this.open(result.value) };
    } catch (error) {
      return { is: 'failed', bytes, error };
    }
  }

  async #open(received: ReliableMessage): Promise<UnpackedMessage<C>> {
    for (;;) {
      let isKept = false;
      const opened = await commitInTurn(this.#store, received.sender, {
        plan: () => this.#work.do(() => openInSteps(this.#context, this.#store, received, this.#options, this.#work)),
        commit: async (plan) => {
          isKept = await this.#keepOpened(plan);
        },
      });
      if (isKept) return opened;
    }
  }

  /**
   * Verifies a message without being its receiver, as stations and bots of groups do, and remembers the sender.
   * @throws DimError `MISSING_META`, `CRYPTO_VERIFY`, `CRYPTO_META_CHANGED`
   */
  async authenticate(message: ReliableMessage): Promise<AuthenticatedMessage> {
    const received = ownMessage(this.#context, message);
    return commitInTurn(this.#store, received.sender, {
      plan: async () => authenticate(this.#context, this.#store, received, this.#options),
      commit: async (plan) => void (await this.#commit(plan)),
    });
  }

  /**
   * Keeps what somebody says of an identity, as far as it is sound: the answer to a `meta` or `documents` command.
   * @throws DimError `MISSING_META`, `CRYPTO_VERIFY`, `CRYPTO_META_CHANGED`
   */
  async learn(identity: OfferedIdentity): Promise<LearnedIdentity> {
    checkId(requireArgument(identity, 'identity').id, 'id');
    return commitInTurn(this.#store, identity.id, {
      plan: async () => learnIdentity(this.#context, this.#store, identity, this.#options),
      commit: async (plan) => void (await this.#commit(plan)),
    });
  }

  /** @returns whether it was kept: else a copy of the message was in the meantime, and memory has to be asked again */
  async #keepOpened(plan: Plan<unknown>): Promise<boolean> {
    const mark = plan.changes.find((change) => change.do === 'mark-read')?.mark;
    if (mark === undefined) await this.#commit(plan);
    // A copy of it is being kept. If that fails, this one is the one to read.
    else if (await waitForCopies(this.#store, mark)) return false;
    else await commitMarked(this.#store, plan.changes, mark);
    return true;
  }

  async #commit<T>({ value, changes }: Plan<T>): Promise<T> {
    if (changes.length > 0) await this.#store.commit(changes);
    return value;
  }
}
