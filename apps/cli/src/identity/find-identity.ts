/** Somebody in the store of a home: one of its identities, or whoever is known there. */
import { DimError, type ID } from 'dimp';
import type { Call } from '../command/call.ts';
import type { OwnCard } from '../home/cards.ts';
import { dim } from '../home/dim.ts';
import { knownIdentity } from '../home/known-identity.ts';
import { cardOf, contactOf } from '../home/make-card.ts';
import { selfOf, withHome, type OpenHome } from '../home/open-home.ts';
import { printable } from '../text/printable.ts';

/** @throws DimError `USAGE_ARGUMENT` for a name of nobody here; `MISSING_META` for an ID that is not known */
export async function findIdentity(call: Call, who: string | undefined): Promise<OwnCard> {
  return withHome(call, async (open) => {
    const id = await idOf(call, open, who);
    const known = await knownIdentity(open.store, id);
    if (known.meta === undefined)
      throw new DimError('MISSING_META', `of ${printable(id.toString())} no meta is known here`);
    const facts = { id, ...known, isOwn: open.users.some((user) => user.equals(id)) };
    return { card: cardOf(facts), contact: contactOf(facts) };
  });
}

async function idOf(call: Call, open: OpenHome, who: string | undefined): Promise<ID> {
  const id = who === undefined ? undefined : dim.ID.tryParse(who);
  return id?.entity ?? selfOf(who === undefined ? call : { ...call, globals: { ...call.globals, as: who } }, open);
}
