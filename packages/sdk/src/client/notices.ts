/** What is to be told of messages that were not read, of identities that changed, and of handlers that failed. */
import { isDimError, type Content, type ID } from 'dimp';
import type { Contacts } from '../contacts/contacts.ts';
import type { OwnDevice } from '../device/own-device.ts';
import type { HandlerFailure } from '../inbox/handlers.ts';
import type { Refusal } from '../inbox/inbox-host.ts';
import type { ClientEvents } from './client-events.ts';

/** What notices ask of the client around them. */
export interface NoticesHost<C extends Content> {
  tell<K extends keyof ClientEvents<C>>(name: K, event: ClientEvents<C>[K]): Promise<void>;
  /** Shows ourselves to a user, now and again at most. */
  introduce(user: ID): void;
}

/** Tells what went wrong with what came in. */
export class Notices<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #contacts: Contacts<C>;
  readonly #host: NoticesHost<C>;

  constructor(device: OwnDevice<C>, contacts: Contacts<C>, host: NoticesHost<C>) {
    this.#device = device;
    this.#contacts = contacts;
    this.#host = host;
  }

  /** A message was not read. */
  refused({ sender, error }: Refusal): void {
    this.#device.logger.info('a message was refused', { code: error.code, sender: sender?.toString() });
    if (sender !== undefined) this.#answer(sender, error.code);
    if (sender !== undefined && error.code === 'CRYPTO_META_CHANGED') this.alarm(sender, error);
    // It is for another device of this person.
    if (error.code === 'NOT_RECIPIENT' && error.path === 'keys') return;
    void this.#host.tell('refused', { sender, error });
  }

  /** Its signature was verified: the sender does not know the keys of this device, or knows old ones. */
  #answer(sender: ID, code: string): void {
    if (code === 'NOT_RECIPIENT') this.#host.introduce(sender);
    // A stranger is to learn nothing from what does not decrypt, and could count the answers.
    if (code === 'CRYPTO_DECRYPT' && this.#contacts.of(sender).isAdded) this.#host.introduce(sender);
  }

  /** Somebody shows another meta of an identity than the one that is known. */
  alarm(id: ID, error: unknown): void {
    if (isDimError(error)) void this.#host.tell('meta-changed', { id, error });
  }

  /** A handler threw. */
  handlerFailed(failure: HandlerFailure): void {
    const { error, received } = failure;
    // Whoever shows a group may show another key than the one that is known of it.
    const { did } = received.content as { readonly did?: ID };
    if (isDimError(error) && error.code === 'CRYPTO_META_CHANGED' && did !== undefined) this.alarm(did, error);
    else void this.#host.tell('handler-failed', failure);
  }
}
