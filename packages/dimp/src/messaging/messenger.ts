/** Pack and unpack: the two calls that an application needs. */
import {
  canDecrypt,
  canSign,
  currentTime,
  decryptMessage,
  DimError,
  encryptMessage,
  Envelope,
  ENVELOPE_PROOF,
  InstantMessage,
  keyDirection,
  plainMessage,
  proveEnvelope,
  signMessage,
  verifyEnvelopeProof,
  verifyMessage,
  type Content,
  type DecryptOptions,
  type EnvelopeProof,
  type ID,
  type KeyDirection,
  type MessageContext,
  type PackageOptions,
  type ReliableMessage,
  type ReplayWindow,
  type SecureMessage,
  type VerifiedMessage,
} from 'dkd';
import { contentForProfile, messageForProfile, type WriterProfile } from '../profiles/writer-profile.ts';
import { getAcquainted } from './acquaintance.ts';
import { chooseMessageAlgorithm } from './choose-message-algorithm.ts';
import type { IdentityStore } from './identity-store.ts';
import { findRecipients, visasOf } from './recipients.ts';

/** For whom a messenger works, and with which memory. */
export interface MessengerOptions {
  /** The local user; with a terminal where this device has a key of its own. */
  readonly user: ID;
  readonly store: IdentityStore;
  /** In which shapes to write where a call does not say; `2.4`, if not given. */
  readonly profile?: WriterProfile;
  /**
   * Refuses messages that were read before. Keep one for each local user, and save it with the messages.
   * Without it, an application finds repeated messages by itself.
   */
  readonly replayWindow?: ReplayWindow;
  /** Refuses messages whose sender does not vouch for the envelope: see {@link PackOptions.proveEnvelope}. */
  readonly requireEnvelopeProof?: boolean;
  /**
   * Refuses messages whose envelope and content name times that are further apart, in seconds. People may write a
   * content long before they send it, so that there is no limit, if not given.
   */
  readonly maxTimeDifference?: number;
  /**
   * The algorithms of message keys, the best first; {@link MESSAGE_ALGORITHMS}, if not given. One is used only where all
   * receivers say that they understand it: see {@link chooseMessageAlgorithm}.
   */
  readonly messageAlgorithms?: readonly string[];
}

/** How to pack a message. */
export interface PackOptions extends PackageOptions {
  /** In which shapes to write; those of the context, if not given. */
  readonly profile?: WriterProfile;
  /** When it is sent, in seconds since 1970; the time of the content, if not given. */
  readonly time?: number;
  /**
   * For a content with a group that goes to one member alone: whether stations may see which group it is for.
   * Hidden, if not given.
   */
  readonly exposeGroup?: boolean;
  /**
   * Whether to reuse the last message key of this direction and leave it out of the message. Where there is none
   * yet, a new one is made and sent along. Every receiver must have read an earlier message.
   */
  readonly reuseKey?: boolean;
  /** Whether to attach the sender's meta and visa, for receivers who do not know the sender yet. */
  readonly introduce?: boolean;
  /**
   * Whether to sign the envelope too: sender, receiver, group, time, type, IV and keys. Receivers who do not know such a
   * proof ignore it. It costs a second signature.
   */
  readonly proveEnvelope?: boolean;
}

/** A message that was verified and decrypted. */
export interface UnpackedMessage<C extends Content> {
  readonly content: C;
  readonly sender: ID;
  /** The group that it was written for. */
  readonly group: ID | undefined;
  /**
   * What the sender's signatures vouch for. With `content`, the envelope's time and receiver are the word of those who
   * carried the message.
   */
  readonly authenticated: 'envelope' | 'content';
  /** How many seconds the envelope's time is later than the content's; undefined when one of them has none. */
  readonly timeDifference: number | undefined;
  readonly message: InstantMessage<C>;
}

/** Packs and unpacks messages for one local user. */
export class Messenger<C extends Content = Content> {
  readonly user: ID;
  readonly #context: MessageContext<C>;
  readonly #store: IdentityStore;
  readonly #options: MessengerOptions;

  constructor(context: MessageContext<C>, options: MessengerOptions) {
    this.#context = context;
    this.#store = options.store;
    this.#options = options;
    this.user = options.user;
  }

  /**
   * Encrypts a content for a receiver, signs it, and writes the package for the network.
   *
   * @param receiver a user, a user's terminal, a group, or a broadcast ID
   * @throws DimError `MISSING_VISA`, `MISSING_MEMBERS`, `MISSING_PRIVATE_KEY`
   */
  async pack(content: Content, receiver: ID, options: PackOptions = {}): Promise<Uint8Array> {
    const message = await this.seal(content, receiver, options);
    return message.encode(options);
  }

  /** {@link Messenger.pack}, as a message and not yet as bytes. */
  async seal(content: Content, receiver: ID, options: PackOptions = {}): Promise<ReliableMessage> {
    const { profile = this.#options.profile ?? '2.4' } = options;
    if (profile === 'network' && options.shortNames === true) {
      throw new DimError('USAGE_ARGUMENT', 'the profile network has no short names', { path: 'shortNames' });
    }
    const [signKey] = await this.#store.privateKeys(this.user);
    if (signKey === undefined || !canSign(signKey))
      throw new DimError('MISSING_PRIVATE_KEY', 'the user has no private key to sign with');
    const instant = this.#write(content, receiver, profile, options);
    const secure = instant.envelope.isBroadcast
      ? plainMessage(instant)
      : await this.#encrypt(instant, receiver, options);
    const signed = await signMessage(secure, signKey, options.introduce === true ? await this.#introduction() : {});
    const reliable =
      profile === '2.4' ? signed : this.#context.ReliableMessage.parse(messageForProfile(signed.fields, profile));
    return options.proveEnvelope === true ? proveEnvelope(reliable, signKey) : reliable;
  }

  /**
   * Reads a package, verifies the sender's signature, and decrypts the content.
   *
   * @throws DimError `INPUT_…` and `UNSUPPORTED_…` when it is no such message; `MISSING_META` when the sender is
   * not known; `CRYPTO_META_CHANGED`; `CRYPTO_VERIFY`; `CRYPTO_DECRYPT`; `MISSING_MESSAGE_KEY`; with a replay window,
   * `INPUT_REPLAY` and `INPUT_TIME`
   */
  async unpack(bytes: Uint8Array): Promise<UnpackedMessage<C>> {
    return this.open(this.#context.ReliableMessage.decode(bytes));
  }

  /** {@link Messenger.unpack}, of a message that was read already. */
  async open(received: ReliableMessage): Promise<UnpackedMessage<C>> {
    this.#checkReceiver(received.receiver);
    const sender = await getAcquainted(this.#context, this.#store, received);
    const verified = await verifyMessage(received, sender.keys);
    if (verified === false)
      throw new DimError('CRYPTO_VERIFY', "the signature is not the sender's", { path: 'signature' });
    const authenticated = await this.#checkEnvelope(verified);
    const direction = keyDirection(received);
    const { message, password } = await decryptMessage(this.#context, verified, {
      receiver: this.user,
      ...(await this.#secretsFor(received, direction)),
    });
    const { content } = message;
    checkAgreement(message, received.envelopeProof);
    const timeDifference = this.#compareTimes(message);
    const { replayWindow } = this.#options;
    replayWindow?.admit(received, content);
    try {
      await sender.remember();
      if (password !== undefined && received.hasKey) await this.#store.saveMessageKey(direction, password);
    } catch (error) {
      // It is not read yet, and may come again.
      replayWindow?.release(received, content);
      throw error;
    }
    return { content, sender: message.sender, group: content.group, authenticated, timeDifference, message };
  }

  async #checkEnvelope(verified: VerifiedMessage): Promise<'envelope' | 'content'> {
    const hasProof = verified.message.envelopeProof !== undefined;
    if (hasProof && !(await verifyEnvelopeProof(verified)))
      throw new DimError('CRYPTO_VERIFY', 'the envelope is not as the sender signed it', { path: ENVELOPE_PROOF });
    if (!hasProof && this.#options.requireEnvelopeProof === true)
      throw new DimError('CRYPTO_VERIFY', 'the sender does not vouch for the envelope', { path: ENVELOPE_PROOF });
    return hasProof ? 'envelope' : 'content';
  }

  #compareTimes({ time, content }: InstantMessage): number | undefined {
    if (time === undefined || content.time === undefined) return undefined;
    const difference = time - content.time;
    if (Math.abs(difference) > (this.#options.maxTimeDifference ?? Infinity))
      throw new DimError('INPUT_CONFLICT', 'is too far from the time of the content', { path: 'time' });
    return difference;
  }

  /** What may decrypt a message: of all that the store keeps, only what this message needs. */
  async #secretsFor(received: ReliableMessage, direction: KeyDirection): Promise<Omit<DecryptOptions, 'receiver'>> {
    if (received.envelope.isBroadcast) return { privateKeys: [] };
    if (!received.hasKey) return { privateKeys: [], reusedKey: await this.#store.messageKey(direction) };
    const keys = await this.#store.privateKeys(this.user);
    // The keys of the visas first: senders use the identity key only where they know no visa.
    return { privateKeys: [...keys.slice(1), ...keys.slice(0, 1)].filter((key) => canDecrypt(key)) };
  }

  #write(content: Content, receiver: ID, profile: WriterProfile, options: PackOptions): InstantMessage {
    const envelope = Envelope.create({
      sender: this.user.entity,
      receiver: receiver.isBroadcast ? receiver : receiver.entity,
      group: options.exposeGroup === true && !receiver.isGroup ? content.group : undefined,
      type: content.type,
      time: options.time ?? content.time ?? currentTime(),
    });
    if (receiver.isGroup && !receiver.isBroadcast && content.group?.equals(receiver) !== true) {
      throw new DimError('USAGE_ARGUMENT', 'a content for a group must be written for it', { path: 'group' });
    }
    return InstantMessage.create(envelope, content, contentForProfile(content.fields, profile));
  }

  async #encrypt(message: InstantMessage, receiver: ID, options: PackOptions): Promise<SecureMessage> {
    const direction = keyDirection(message);
    const reused = options.reuseKey === true ? await this.#store.messageKey(direction) : undefined;
    if (reused !== undefined) return encryptMessage(message, { password: reused, recipients: 'reused' });
    const recipients = await findRecipients(this.#store, receiver);
    const understood = recipients.map(({ algorithms }) => algorithms);
    const algorithm = chooseMessageAlgorithm(this.#context.algorithms, understood, this.#options.messageAlgorithms);
    const password = await this.#context.SymmetricKey.generate(algorithm);
    const secure = await encryptMessage(message, { password, recipients });
    await this.#store.saveMessageKey(direction, password);
    return secure;
  }

  async #introduction(): Promise<Parameters<typeof signMessage>[2]> {
    const meta = await this.#store.meta(this.user);
    const visas = await visasOf(this.#store, this.user);
    const visa = visas.find(({ terminal }) => terminal === this.user.terminal) ?? visas[0];
    return { ...(meta && { meta }), ...(visa && { visa }) };
  }

  #checkReceiver(receiver: ID): void {
    if (receiver.isBroadcast || receiver.isGroup || receiver.equals(this.user)) return;
    throw new DimError('MISSING_PRIVATE_KEY', 'the message is for another user', { path: 'receiver' });
  }
}

/** What the envelope says of the content must be what the content says, whether or not the envelope is signed. */
function checkAgreement({ envelope, content }: InstantMessage, proof: EnvelopeProof | undefined): void {
  const { receiver, group, type } = envelope;
  if (type !== undefined && type !== content.type) {
    throw new DimError('INPUT_CONFLICT', 'differs from the type of the content', { path: 'type' });
  }
  if (group !== undefined && content.group?.equals(group) !== true) {
    throw new DimError('INPUT_CONFLICT', 'differs from the group of the content', { path: 'group' });
  }
  // A broadcast may be about any group.
  if (receiver.isGroup && !receiver.isBroadcast && content.group?.equals(receiver) === false) {
    throw new DimError('INPUT_CONFLICT', 'differs from the group of the content', { path: 'receiver' });
  }
  if (proof?.group !== undefined && content.group?.equals(proof.group) !== true) {
    throw new DimError('INPUT_CONFLICT', 'differs from the group of the content', {
      path: `${ENVELOPE_PROOF}.receiver`,
    });
  }
}
