/** The broadcast addresses and IDs, which have no meta and no key. */
import type { AddressDefinition } from './address-definition.ts';
import { Address } from './address.ts';
import { EntityType } from './entity-type.ts';
import { ID } from './identifier.ts';

function broadcastAddress(text: string, canonical: 'anywhere' | 'everywhere'): Address {
  const network = canonical === 'anywhere' ? EntityType.ANY : EntityType.EVERY;
  return new Address({ text, kind: 'broadcast', network, canonical });
}

/** The address of any one user. */
export const ANYWHERE: Address = /* @__PURE__ */ broadcastAddress('anywhere', 'anywhere');
/** The address of all groups. */
export const EVERYWHERE: Address = /* @__PURE__ */ broadcastAddress('everywhere', 'everywhere');

/** Any one user: `anyone@anywhere`. */
export const ANYONE: ID = /* @__PURE__ */ new ID({ name: 'anyone', address: ANYWHERE });
/** All users: `everyone@everywhere`. */
export const EVERYONE: ID = /* @__PURE__ */ new ID({ name: 'everyone', address: EVERYWHERE });
/** The founder of the protocol: `moky@anywhere`. */
export const FOUNDER: ID = /* @__PURE__ */ new ID({ name: 'moky', address: ANYWHERE });

/** Reads the words `anywhere` and `everywhere` in any letter case. Every context has it. */
export const broadcastAddressDefinition: AddressDefinition = {
  defines: 'address',
  name: 'broadcast',
  parse(text) {
    // ASCII only: toLowerCase would fold look-alike letters into the words.
    const word = /^[A-Za-z]{8,10}$/.test(text) ? text.toLowerCase() : '';
    return word === 'anywhere' || word === 'everywhere' ? broadcastAddress(text, word) : undefined;
  },
};
