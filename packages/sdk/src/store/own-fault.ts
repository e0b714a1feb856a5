/** Faults of this device, and of nobody who wrote to it. */
import { isDimError } from 'dimp';

/**
 * Whether an error is one of the disk, of the passphrase, or of what is kept here: whatever was to be done is right still, and is
 * tried again once the fault is mended. A message that came meanwhile is neither refused nor acknowledged.
 */
export function isOwnFault(error: unknown): boolean {
  return !isDimError(error) || /^(STORE|VAULT)_/.test(error.code) || error.code === 'INTERNAL_STORE';
}
