/** `dim id show`. */
import { DimError, type ID } from 'dimp';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { dim } from '../home/dim.ts';
import { knownIdentity } from '../home/known-identity.ts';
import { selfOf, withHome, type OpenHome } from '../home/open-home.ts';
import { printable } from '../text/printable.ts';
import { identityJson, identityText } from './identity-facts.ts';

/** Shows one of this home, or somebody who is known. */
export async function showIdentity(
  call: Call,
  who: string | undefined,
  options: { readonly contact?: true | undefined },
): Promise<Result> {
  return withHome(call, async (open) => {
    const id = who === undefined ? await selfOf(call, open) : await find(who, open, call);
    const { store, users } = open;
    const { meta, documents } = await knownIdentity(store, id);
    if (meta === undefined)
      throw new DimError('MISSING_META', `of ${printable(id.toString())} no meta is known here`, { missing: [] });
    if (options.contact === true) {
      const contact = { id: id.toString(), meta: meta.fields, visas: documents.map(({ fields }) => fields) };
      return { json: contact, text: JSON.stringify(contact, undefined, 2) };
    }
    const facts = { id, meta, documents, isOwn: users.some((user) => user.equals(id)) };
    return { json: identityJson(facts), text: identityText(facts) };
  });
}

async function find(who: string, open: OpenHome, call: Call): Promise<ID> {
  const id = dim.ID.tryParse(who);
  if (id !== undefined) return id.entity;
  try {
    return await selfOf({ ...call, globals: { ...call.globals, as: who } }, open);
  } catch {
    throw wrong(`${printable(who)} is no ID, and no name of an identity of this home`);
  }
}
