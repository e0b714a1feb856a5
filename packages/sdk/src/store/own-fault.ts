/** Faults of this device, and of nobody who wrote to it. */
import { isDimError } from 'dimp';

/**
 * Whether an error is one of the disk, of the passphrase, or of what is kept here: whatever was to be done is right still, and is
 * tried again once the fault is mended. A message that came meanwhile is neither refused nor acknowledged.
 */
export function isOwnFault(error: unknown): boolean {
  if (!isDimError(error) || /^(STORE|VAULT)_/.test(error.code) || error.code === 'INTERNAL_STORE') return true;
  return isOfVault(error);
}

/** What a vault has thrown that is about how it is used: by the application, whose callback was asked for a passphrase. */
const ofVaults = new WeakSet<Error>();

/** How many errors are looked at that are the cause of one another. */
const MAX_DEPTH = 8;

function isOfVault(error: unknown, depth = MAX_DEPTH): boolean {
  if (depth === 0 || !(error instanceof Error)) return false;
  return ofVaults.has(error) || isOfVault(error.cause, depth - 1);
}

/**
 * Whether an error of a vault arrives as it is: what the application threw when it was asked, also what is no DimError, and what is
 * wrong with its passphrase. The rest is about what was to be opened.
 */
export function isOfApplication(error: unknown): boolean {
  return !isDimError(error) || error.code.startsWith('USAGE_');
}

/** Throws an error of a vault; one of the application is a fault of this device from then on, whatever its code. */
export function throwOfVault(error: unknown): never {
  if (isDimError(error) && isOfApplication(error)) ofVaults.add(error);
  throw error;
}
