/** What all rules about metas are checked with. */
import type { IdentityContext, Meta, MetaDefinition, Plugin, PrivateKey } from 'mkm';
import type { Contract } from '../report/contract.ts';

/** What a type of meta is used with. */
export interface MetaSamples {
  /** Plugins with the key algorithms and with the kind of address that the metas give. */
  readonly plugins: readonly Plugin[];
  /** The algorithm of the keys in the metas. */
  readonly algorithm: string;
  /** The network bytes that the metas give addresses for. For all others they must give none. */
  readonly networks: 'all' | readonly number[];
  /** Algorithms whose keys the metas refuse; none, if not given. */
  readonly refusedAlgorithms?: readonly string[];
}

/** A meta of the definition, another one of another key, and the context that they are read in. */
export interface MetaTrial {
  readonly contract: Contract;
  readonly context: IdentityContext;
  readonly definition: MetaDefinition;
  readonly samples: MetaSamples;
  readonly networks: readonly number[];
  readonly meta: Meta;
  readonly other: Meta;
}

export const ALL_NETWORKS: readonly number[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, network) => network);

/** The name in the metas that have one. */
const SEED = 'contract';

/** The name for a new meta, where the type has one. */
export function seedOf({ seed }: MetaDefinition): { readonly seed?: string } {
  return seed === 'absent' ? {} : { seed: SEED };
}

/** A private key that no report shows. */
export async function newKey(contract: Contract, context: IdentityContext, algorithm: string): Promise<PrivateKey> {
  const key = await context.PrivateKey.generate(algorithm);
  contract.keepSecret(key.fields);
  return key;
}
