/** Metas and documents: what others tell of identities is learned, and what they ask about us is answered. */
import {
  DocumentsCommand,
  isDimError,
  learnIdentity,
  MetaCommand,
  ReceiptCommand,
  VerifiedDocument,
  VerifiedMeta,
  Visa,
  type Content,
  type Document,
  type ID,
  type Meta,
} from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { HandlerDefinition, Reaction, Received } from '../ports/handler.ts';
import { isOwnFault } from '../store/own-fault.ts';
import type { Directory } from './directory.ts';

/** What these handlers ask of the client around them. */
export interface IdentityHost {
  /** The station of this session, where one is. */
  readonly station: ID | undefined;
  /** Whether an identity is one that this person has to do with. */
  isOfInterest(id: ID): Promise<boolean>;
  /** Somebody shows another meta of an identity than the one that is known. */
  alarm(id: ID, error: unknown): void;
}

/** The handlers of `meta` and `documents` commands. */
export function identityHandlers<C extends Content>(
  device: OwnDevice<C>,
  directory: Directory<C>,
  host: IdentityHost,
): readonly HandlerDefinition[] {
  const learn = async (received: Received, offer: Offer): Promise<Reaction | undefined> => {
    // Anybody may tell of anybody, and all of it would be kept: only what was asked for, or is of some use here.
    const isAsked = directory.isWanted(offer.id) || received.sender.equals(offer.id) || isStation(host, received);
    if (!isAsked && !(await host.isOfInterest(offer.id))) return undefined;
    return learned(device, offer, host);
  };
  const meta: HandlerDefinition<MetaCommand> = {
    defines: 'handler',
    kind: 'meta',
    isExclusive: true,
    handle: async (received) => {
      const { did, meta: offered, isQuery } = received.content;
      if (!isQuery && offered !== undefined) return learn(received, { id: did, meta: offered });
      const own = device.isSelf(did) ? await ownIdentity(device) : undefined;
      if (own === undefined) return { replies: [ReceiptCommand.create('Meta not found.', device.writtenNow)] };
      return { replies: [MetaCommand.answer(did, own.meta, device.writtenNow)] };
    },
  };
  const documents: HandlerDefinition<DocumentsCommand> = {
    defines: 'handler',
    kind: 'documents',
    isExclusive: true,
    handle: async (received) => {
      const { did, meta: offered, documents: list, isQuery } = received.content;
      // Those of groups have handlers of their own.
      if (did.isGroup) return undefined;
      if (!isQuery) return learn(received, { id: did, meta: offered, documents: list });
      const own = device.isSelf(did) ? await ownIdentity(device) : undefined;
      if (own === undefined) return { replies: [ReceiptCommand.create('Document not found.', device.writtenNow)] };
      return { replies: [DocumentsCommand.answer(did, own.visas, { ...device.writtenNow, meta: own.meta })] };
    },
  };
  // Contents of its kind alone come to each.
  return [meta, documents];
}

interface Offer {
  readonly id: ID;
  readonly meta?: Meta | undefined;
  readonly documents?: readonly Document[] | undefined;
}

function isStation({ station }: IdentityHost, { sender }: Received): boolean {
  return station?.equals(sender) === true;
}

async function learned<C extends Content>(
  { dim, store, clock }: OwnDevice<C>,
  offer: Offer,
  host: IdentityHost,
): Promise<Reaction | undefined> {
  try {
    const { value, changes } = await learnIdentity(dim, store, offer, { clock: () => clock.now() });
    const isNew = changes.length > 0 || value.documents.includes('kept');
    return isNew ? { changes, learned: [offer.id] } : undefined;
  } catch (error) {
    if (!isDimError(error) || isOwnFault(error)) throw error;
    if (error.code === 'CRYPTO_META_CHANGED') host.alarm(offer.id, error);
    return undefined;
  }
}

/** What everybody may know of this person. */
export interface OwnIdentity {
  readonly meta: Meta;
  readonly visas: readonly Visa[];
}

/** The meta and visas of this person; undefined where the store has none. */
export async function ownIdentity<C extends Content>({ store, self }: OwnDevice<C>): Promise<OwnIdentity | undefined> {
  const pinned = await store.meta(self);
  if (!VerifiedMeta.is(pinned?.meta)) return undefined;
  const kept = (await store.documents(self)) ?? [];
  const visas = kept.flatMap((item) =>
    VerifiedDocument.is(item) && item.document instanceof Visa ? [item.document] : [],
  );
  return { meta: pinned.meta.meta, visas };
}
