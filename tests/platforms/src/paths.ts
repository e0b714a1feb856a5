/** Where things are. */
import { fileURLToPath } from 'node:url';

/** The root of the workspace. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** Everything that the tests install or write; git ignores it. */
export const CACHE = `${ROOT}/.cache/platforms`;

export const VECTORS = `${ROOT}/vectors`;
