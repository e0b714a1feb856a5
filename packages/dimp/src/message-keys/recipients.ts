/** To whom a message is encrypted: by the visas of its receivers, as far as they are known. */
import {
  DimError,
  Recipient,
  type Awaitable,
  type ID,
  type Missing,
  type VerifiedDocument,
  type VerifiedMeta,
} from 'dkd';
import { after, begin, isId, together } from 'dkd/internal';
import { listOf } from '../memory/from-store.ts';
import { knownDocuments, knownMeta, type IdentityCodecs } from '../trust/known-identity.ts';
import type { Memory } from '../memory/memory.ts';

/** Everybody who shall be able to decrypt. */
export interface Recipients {
  readonly reachable: readonly Recipient[];
  /** Whom nobody can encrypt to yet. */
  readonly missing: readonly Missing[];
}

/**
 * Everybody who shall be able to decrypt what goes to a user, a terminal, or a group.
 * @throws DimError `MISSING_MEMBERS`, `INTERNAL_STORE`
 */
export async function findRecipients(codecs: IdentityCodecs, memory: Memory, receiver: ID): Promise<Recipients> {
  if (!receiver.isGroup) return recipientsOf(codecs, memory, receiver);
  const members = listOf('members', receiver, await memory.members(receiver), isId);
  if (members.length === 0)
    throw new DimError('MISSING_MEMBERS', `no members are known of ${receiver.toString()}`, {
      path: 'receiver',
      missing: [{ what: 'members', id: receiver.entity }],
    });
  const each = await together(members.map((member) => begin(() => recipientsOf(codecs, memory, member))));
  return {
    reachable: each.flatMap(({ reachable }) => reachable),
    missing: each.flatMap(({ missing }) => missing),
  };
}

/** Each terminal with a visa, or the one that is asked for; without any visa, the meta's key if it encrypts. */
function recipientsOf(codecs: IdentityCodecs, memory: Memory, id: ID): Awaitable<Recipients> {
  return after(knownMeta(codecs, memory, id), (known) => {
    if (known === undefined) return unreachable(id, 'meta', 'visa');
    return after(knownDocuments(codecs, memory, known), (documents) => recipientsAmong(documents, known.meta, id));
  });
}

function recipientsAmong(documents: readonly VerifiedDocument[], meta: VerifiedMeta, id: ID): Recipients {
  const all = recipientsFrom(documents);
  const asked = id.terminal === undefined ? [] : all.filter((recipient) => recipient.id.terminal === id.terminal);
  if (asked.length > 0) return { reachable: asked, missing: [] };
  if (all.length > 0) return { reachable: all, missing: [] };
  const byMeta = Recipient.of(meta);
  return byMeta === undefined ? unreachable(id, 'visa') : { reachable: [byMeta], missing: [] };
}

function recipientsFrom(documents: readonly VerifiedDocument[]): readonly Recipient[] {
  return documents.map((document) => Recipient.of(document)).filter((recipient) => recipient !== undefined);
}

function unreachable(id: ID, ...what: readonly ('meta' | 'visa')[]): Recipients {
  return { reachable: [], missing: what.map((part) => ({ what: part, id: id.entity })) };
}
