/** What is an address. */
import type { Address } from 'mkm';

/** Whether a value has what an address has: one of another copy of mkm is as good, as it is for the core. */
export function isAddress(value: unknown): value is Address {
  const { text, canonical, kind, network, equals } = (value ?? {}) as Partial<Address>;
  return (
    typeof text === 'string' &&
    typeof canonical === 'string' &&
    typeof kind === 'string' &&
    typeof network === 'number' &&
    typeof equals === 'function'
  );
}
