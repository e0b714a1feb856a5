/** The packer: a draft becomes parcels, as soon as everything is known that it needs. */
import { isDimError, splitMessage } from 'dimp';
import type { Content, DimError, ID, Missing, ReliableMessage } from 'dimp';
import { BoundedCache, encodePackage } from 'dimp/internal';
import type { OwnDevice } from '../device/own-device.ts';
import type { Draft } from './draft-table.ts';
import type { Ledger } from './ledger.ts';
import { keyOfMessage } from './parcel-table.ts';

/** How a message to a group goes out: one of its own for each member, or one that is split for them. */
export interface Dispatch {
  readonly form: 'hidden' | 'shared';
  /** Without ourselves. */
  readonly members: readonly ID[];
}

/** What a packer asks of the client around it. */
export interface PackerHost {
  /** Something is missing to pack what waits. @param isOwn whether this person has to do with it, and not only a stranger */
  want(missing: readonly Missing[], isOwn: boolean): void;
  /** Whether the person has added somebody. */
  isContact(id: ID): boolean;
  /**
   * To whom what is for a group goes, and in which form; undefined where it is not known.
   * @throws DimError `GROUP_DENIED` where we may not write to it
   */
  dispatch(group: ID): Promise<Dispatch | undefined>;
  /** There is something to send. */
  wake(): void;
}

/** What became of a draft: its parcels are staged, other drafts take its place, or something is missing. */
export type Packed = { readonly is: 'packed'; readonly drafts: readonly Draft[] } | { readonly is: 'waiting' };

/** How many users are remembered who know us. */
const MAX_INTRODUCED = 10_000;

/** How many strangers may have replies that wait: to be one costs nothing. */
const MAX_STRANGERS = 256;

/** Packs drafts. Inside `exclusive` alone. */
export class Packer<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #ledger: Ledger<C>;
  readonly #host: PackerHost;
  /** Users who have said that they have something of ours: they know our meta and visa. */
  #introduced = new BoundedCache<string, true>(MAX_INTRODUCED);
  /** Strangers who have replies that wait. */
  readonly #strangers = new Set<string>();

  constructor(device: OwnDevice<C>, ledger: Ledger<C>, host: PackerHost) {
    this.#device = device;
    this.#ledger = ledger;
    this.#host = host;
  }

  /** A user has something of ours. */
  isKnownTo(receiver: ID): void {
    this.#introduced.set(receiver.entityKey, true);
  }

  /** Our meta or visa is another: everybody is to be told. */
  introduceAnew(): void {
    this.#introduced = new BoundedCache(MAX_INTRODUCED);
  }

  /** Whether a draft that cannot be packed now is kept: there is no end of strangers, and of what they ask. */
  mayWait(draft: Draft): boolean {
    const { entityKey } = draft.receiver;
    if (!this.#isForStranger(draft)) return true;
    if (this.#strangers.size >= MAX_STRANGERS && !this.#strangers.has(entityKey)) return false;
    this.#strangers.add(entityKey);
    return true;
  }

  /** All for one receiver was packed, or is over. */
  waitsNoMore(entityKey: string): void {
    this.#strangers.delete(entityKey);
  }

  /** Whether a draft is there because somebody wrote whom this person does not know. */
  #isForStranger({ isReply, receiver }: Draft): boolean {
    return isReply === true && !this.#host.isContact(receiver);
  }

  /** Packs a draft. @throws DimError for what no reader would take, `GROUP_DENIED`, `MISSING_PRIVATE_KEY` */
  async pack(draft: Draft): Promise<Packed> {
    const { receiver, delivery, content } = draft;
    if (receiver.isGroup && !receiver.isBroadcast) return this.#expand(draft);
    const { dim, messenger, clock, self } = this.#device;
    const introduce = !receiver.equals(self) && this.#isStranger(receiver);
    try {
      const options = { introduce, time: clock.now() };
      const { message } = await messenger.packMessage(dim.Content.parse(content), receiver, options);
      this.#stage(message, receiver, delivery);
      return { is: 'packed', drafts: [] };
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.#host.want(error.missing, !this.#isForStranger(draft));
      return { is: 'waiting' };
    }
  }

  /** A draft for a group becomes one for each member, or one message that is split for them. */
  async #expand(draft: Draft): Promise<Packed> {
    const { receiver: group, key } = draft;
    const dispatch = await this.#host.dispatch(group);
    if (dispatch === undefined) {
      this.#host.want([{ what: 'members', id: group }], !this.#isForStranger(draft));
      return { is: 'waiting' };
    }
    const { form, members } = dispatch;
    await this.#ledger.expanded(draft.delivery, members.length);
    const rest = form === 'shared' ? await this.#packShared(draft, members) : members;
    return { is: 'packed', drafts: rest.map((receiver, index) => ({ ...draft, key: `${key} ${index}`, receiver })) };
  }

  /** One ciphertext for all members. @returns those whom nobody can encrypt to yet: each gets a message of its own */
  async #packShared({ receiver: group, content, delivery }: Draft, members: readonly ID[]): Promise<readonly ID[]> {
    const { dim, messenger, clock } = this.#device;
    const introduce = members.some((member) => this.#isStranger(member));
    try {
      const options = { introduce, time: clock.now(), skipUnreachable: true };
      const { message } = await messenger.packMessage(dim.Content.parse(content), group, options);
      const parts = splitMessage(dim, message, members);
      for (const { member, message: part } of parts) if (part !== undefined) this.#stage(part, member, delivery);
      return parts.filter((part) => part.message === undefined).map(({ member }) => member);
    } catch (error) {
      if (isMissing(error)) return members;
      throw error;
    }
  }

  #stage(message: ReliableMessage, receiver: ID, delivery: string | undefined): void {
    const bytes = encodePackage(message, this.#device.dim.limits);
    const packedAt = this.#device.sequence.next();
    const times = { packedAt, place: packedAt, changedAt: packedAt };
    const parcel = { key: keyOfMessage(message), delivery, receiver, ...times, attempts: 0 };
    this.#device.store.stage({
      rows: [this.#ledger.parcels.put({ ...parcel, state: 'queued', bytes })],
      onceKept: () => this.#host.wake(),
    });
  }

  #isStranger(receiver: ID): boolean {
    return this.#introduced.get(receiver.entityKey) === undefined;
  }
}

/** What says that something is to be fetched; not that this person has no key. */
function isMissing(error: unknown): error is DimError {
  return isDimError(error) && error.missing.length > 0 && error.code !== 'MISSING_PRIVATE_KEY';
}
