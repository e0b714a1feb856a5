/** Reading IDs; those that were read are remembered. */
import { DimError } from '../errors/dim-error.ts';
import { createCodec, type Codec } from '../errors/result.ts';
import type { Address } from '../identity/address.ts';
import { ID, splitId, type IdParts } from '../identity/identifier.ts';
import { BoundedCache } from '../wire/bounded-cache.ts';
import { typeName } from '../wire/json-map.ts';
import type { Limits } from '../wire/limits.ts';
import { hasBrand } from '../wire/other-copies.ts';

/** Reads and makes IDs. */
export interface IdCodec extends Codec<ID> {
  /** An ID of its parts. @throws DimError `INPUT_FORMAT` */
  create(parts: IdParts): ID;
}

/** How many parsed IDs a context remembers. */
const ID_CACHE_CAPACITY = 4096;

/** The codec of IDs with the addresses of a context. */
export function createIdCodec(address: Codec<Address>, limits: Limits): IdCodec {
  const cache = new BoundedCache<string, ID>(ID_CACHE_CAPACITY);
  function read(input: unknown): ID {
    if (typeof input !== 'string') {
      if (input instanceof ID) return input;
      // Read anew: this context may take old network bytes for something else.
      if (hasBrand(input, 'mkm.ID')) return read((input as ID).toString());
      throw new DimError('INPUT_TYPE', `must be text, not ${typeName(input)}`);
    }
    const known = cache.get(input);
    if (known !== undefined) return known;
    const parts = splitId(input, limits.idLength);
    const id = new ID({ ...parts, address: address.parse(parts.address) });
    cache.set(input, id);
    return id;
  }
  return Object.freeze({ ...createCodec(read), create: (parts: IdParts) => new ID(parts) });
}
