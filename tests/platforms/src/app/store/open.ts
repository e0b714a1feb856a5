/** Stores for tests: in a page, or in a worker. */
import { createDim, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';
import type { ClientStore } from 'dimsdk';
import { openIndexedDbStore, type IndexedDbStoreOptions } from 'dimsdk/browser';

/** Its people have small keys: making RSA keys would take most of the time. */
export const dim = createDim({ plugins: [standardPlugin(), modernPlugin()] });

/** A store whose keys nobody seals. */
export function openStore(name: string, options: Partial<IndexedDbStoreOptions> = {}): Promise<ClientStore> {
  return openIndexedDbStore({ dim, name, vault: 'unprotected', ...options });
}

/** A user with new keys. */
export function createPerson(name: string): Promise<User> {
  return dim.createUser({ name, algorithm: 'ED25519', seed: name.toLowerCase(), visaAlgorithms: ['X25519'] });
}

/** The code of an error, and what else it was. */
export function codeOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' ? code : String(message ?? error);
}

/** What a call fails with: its code, or `none`. */
export async function failureOf(call: () => unknown): Promise<string> {
  try {
    await call();
    return 'none';
  } catch (error) {
    return codeOf(error);
  }
}
