/** The names that the command line has for backends. */
import { oneOf } from './option-kinds.ts';

export const BACKEND_NAMES = ['native', 'portable'] as const;

export type BackendName = (typeof BACKEND_NAMES)[number];

/** The option that chooses one. */
export const BACKEND_OPTION = oneOf('backend', BACKEND_NAMES, "whose key operations run, in place of the platform's");
