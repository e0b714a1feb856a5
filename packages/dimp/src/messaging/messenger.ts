/** Pack and unpack: the two calls that an application needs. */
import {
  canDecrypt,
  canEncrypt,
  decryptMessage,
  DimError,
  encryptMessage,
  Envelope,
  InstantMessage,
  keyDirection,
  plainMessage,
  signMessage,
  verifyMessage,
  Visa,
  type Content,
  type DecryptKey,
  type ID,
  type MessageContext,
  type PackageOptions,
  type PrivateKey,
  type Recipient,
  type ReliableMessage,
  type SecureMessage,
  type VerifyKey,
} from 'dkd';
import { contentForProfile, messageForProfile, type WriterProfile } from '../profiles/writer-profile.ts';
import type { IdentityStore } from './identity-store.ts';

/** For whom a messenger works, and with which memory. */
export interface MessengerOptions {
  /** The local user; with a terminal where this device has a key of its own. */
  readonly user: ID;
  readonly store: IdentityStore;
  /** In which shapes to write where a call does not say; `2.4`, if not given. */
  readonly profile?: WriterProfile;
}

/** How to pack a message. */
export interface PackOptions extends PackageOptions {
  /** In which shapes to write; those of the context, if not given. */
  readonly profile?: WriterProfile;
  /** When it is sent, in seconds since 1970; now, if not given. */
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
}

/** A message that was verified and decrypted. */
export interface UnpackedMessage<C extends Content> {
  readonly content: C;
  readonly sender: ID;
  /** The group that it was written for. */
  readonly group: ID | undefined;
  /**
   * What the sender's signature vouches for: the content. The envelope's time and receiver are the word of those
   * who carried the message.
   */
  readonly authenticated: 'content';
  readonly message: InstantMessage<C>;
}

/** The algorithm of message keys: the one that every client of the family decrypts. */
const MESSAGE_ALGORITHM = 'AES';

/** Packs and unpacks messages for one local user. */
export class Messenger<C extends Content = Content> {
  readonly user: ID;
  readonly #context: MessageContext<C>;
  readonly #store: IdentityStore;
  readonly #profile: WriterProfile;

  constructor(context: MessageContext<C>, options: MessengerOptions) {
    this.#context = context;
    this.#store = options.store;
    this.#profile = options.profile ?? '2.4';
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
    const { profile = this.#profile } = options;
    if (profile === 'network' && options.shortNames === true) {
      throw new DimError('USAGE_ARGUMENT', 'the profile network has no short names', { path: 'shortNames' });
    }
    const signKey = (await this.#privateKeys())[0];
    if (signKey === undefined) throw new DimError('MISSING_PRIVATE_KEY', 'the user has no private key to sign with');
    const instant = this.#write(content, receiver, profile, options);
    const secure = instant.envelope.isBroadcast
      ? plainMessage(instant)
      : await this.#encrypt(instant, receiver, options);
    const reliable = await signMessage(secure, signKey, options.introduce === true ? await this.#introduction() : {});
    if (profile === '2.4') return reliable;
    return this.#context.ReliableMessage.parse(messageForProfile(reliable.fields, profile));
  }

  /**
   * Reads a package, verifies the sender's signature, and decrypts the content.
   *
   * @throws DimError `INPUT_…` and `UNSUPPORTED_…` when it is no such message; `MISSING_META` when the sender is
   * not known; `CRYPTO_VERIFY`; `CRYPTO_DECRYPT`; `MISSING_MESSAGE_KEY`
   */
  async unpack(bytes: Uint8Array): Promise<UnpackedMessage<C>> {
    return this.open(this.#context.ReliableMessage.decode(bytes));
  }

  /** {@link Messenger.unpack}, of a message that was read already. */
  async open(received: ReliableMessage): Promise<UnpackedMessage<C>> {
    this.#checkReceiver(received.receiver);
    const verified = await verifyMessage(received, await this.#verifyKeys(received));
    if (verified === false)
      throw new DimError('CRYPTO_VERIFY', "the signature is not the sender's", { path: 'signature' });
    const direction = keyDirection(received);
    const { message, password } = await decryptMessage(this.#context, verified, {
      receiver: this.user,
      privateKeys: await this.#decryptKeys(),
      reusedKey: received.hasKey ? undefined : await this.#store.messageKey(direction),
    });
    checkAgreement(message);
    if (password !== undefined && received.hasKey) await this.#store.saveMessageKey(direction, password);
    const { content, sender } = message;
    return { content, sender, group: content.group, authenticated: 'content', message };
  }

  async #privateKeys(): Promise<readonly PrivateKey[]> {
    return this.#store.privateKeys(this.user);
  }

  async #visas(id: ID): Promise<readonly Visa[]> {
    return (await this.#store.documents(id)).filter((document) => document instanceof Visa);
  }

  /** The keys of the visas first: senders use the identity key only where they know no visa. */
  async #decryptKeys(): Promise<readonly (PrivateKey & DecryptKey)[]> {
    const [identityKey, ...visaKeys] = await this.#privateKeys();
    return [...visaKeys, ...(identityKey === undefined ? [] : [identityKey])].filter((key) => canDecrypt(key));
  }

  #write(content: Content, receiver: ID, profile: WriterProfile, options: PackOptions): InstantMessage {
    const { time } = options;
    const toMember = content.group !== undefined && !receiver.isGroup;
    const group = toMember && options.exposeGroup === true ? content.group : undefined;
    const envelope = Envelope.create({
      sender: this.user.entity,
      receiver: receiver.isBroadcast ? receiver : receiver.entity,
      group,
      type: content.type,
      ...(time !== undefined && { time }),
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
    const [password, recipients] = await Promise.all([
      this.#context.SymmetricKey.generate(MESSAGE_ALGORITHM),
      this.#recipients(receiver),
    ]);
    const secure = await encryptMessage(message, { password, recipients });
    await this.#store.saveMessageKey(direction, password);
    return secure;
  }

  async #recipients(receiver: ID): Promise<readonly Recipient[]> {
    if (!receiver.isGroup) return this.#recipientsOf(receiver);
    const members = await this.#store.members(receiver);
    if (members.length === 0) throw new DimError('MISSING_MEMBERS', `no members are known of ${receiver.toString()}`);
    return (await Promise.all(members.map((member) => this.#recipientsOf(member)))).flat();
  }

  /** Each terminal with a visa, or the one that is asked for; without any visa, the meta's key if it encrypts. */
  async #recipientsOf(id: ID): Promise<readonly Recipient[]> {
    const recipients: Recipient[] = [];
    for (const visa of await this.#visas(id)) {
      const key = keyOf(visa);
      const { terminal } = visa;
      if (key !== undefined) recipients.push({ id: terminal === undefined ? id.entity : id.at(terminal), key });
    }
    const asked = recipients.filter((recipient) => recipient.id.terminal === id.terminal);
    if (id.terminal !== undefined && asked.length > 0) return asked;
    if (recipients.length > 0) return recipients;
    const key = (await this.#store.meta(id))?.publicKey;
    if (key !== undefined && canEncrypt(key)) return [{ id: id.entity, key }];
    throw new DimError('MISSING_VISA', `no key is known that encrypts to ${id.toString()}`);
  }

  /** Who may have signed: the keys of the visas, then the key of the meta. */
  async #verifyKeys(received: ReliableMessage): Promise<readonly VerifyKey[]> {
    const { sender } = received;
    await this.#acquaint(received);
    const meta = await this.#store.meta(sender);
    if (meta === undefined)
      throw new DimError('MISSING_META', `no meta is known of ${sender.toString()}`, { path: 'sender' });
    const visaKeys = (await this.#visas(sender)).map((visa) => keyOf(visa)).filter((key) => key !== undefined);
    return [...visaKeys, meta.publicKey];
  }

  /** First contact: what a sender attached is kept once it is verified; the store pins the meta. */
  async #acquaint(received: ReliableMessage): Promise<void> {
    const { sender, attachedMeta, attachedVisa } = received;
    if (attachedMeta !== undefined) await this.#store.saveMeta(sender, this.#context.Meta.parse(attachedMeta));
    if (attachedVisa === undefined) return;
    const visa = this.#context.Document.parse(attachedVisa);
    if (!visa.did.equals(sender))
      throw new DimError('INPUT_CONFLICT', 'is of another than the sender', { path: 'visa.did' });
    await this.#store.saveDocument(visa);
  }

  async #introduction(): Promise<Parameters<typeof signMessage>[2]> {
    const meta = await this.#store.meta(this.user);
    const visas = await this.#visas(this.user);
    const visa = visas.find(({ terminal }) => terminal === this.user.terminal) ?? visas[0];
    return { ...(meta && { meta }), ...(visa && { visa }) };
  }

  #checkReceiver(receiver: ID): void {
    if (receiver.isBroadcast || receiver.isGroup || receiver.equals(this.user)) return;
    throw new DimError('MISSING_PRIVATE_KEY', 'the message is for another user', { path: 'receiver' });
  }
}

/** Nobody signed the envelope: what it says of the content must be what the content says. */
function checkAgreement({ envelope, content }: InstantMessage): void {
  const { receiver, group, type } = envelope;
  if (type !== undefined && type !== content.type) {
    throw new DimError('INPUT_CONFLICT', 'differs from the type of the content', { path: 'type' });
  }
  if (group !== undefined && content.group?.equals(group) !== true) {
    throw new DimError('INPUT_CONFLICT', 'differs from the group of the content', { path: 'group' });
  }
  if (receiver.isGroup && content.group !== undefined && !content.group.equals(receiver)) {
    throw new DimError('INPUT_CONFLICT', 'differs from the group of the content', { path: 'receiver' });
  }
}

/** A visa whose key is of an algorithm that no plugin has is as good as none. */
function keyOf(visa: Visa): Visa['publicKey'] {
  try {
    return visa.publicKey;
  } catch {
    return undefined;
  }
}
