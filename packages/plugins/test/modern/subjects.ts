/** The modern algorithms on each backend. */
import { createIdentityContext, type IdentityContext, type JsonMap } from 'mkm';
import type { ModernBackend } from '../../src/backend/modern-backend.ts';
import { modernBackend as native } from '../../src/backend/native/modern.ts';
import { modernBackend as portable } from '../../src/backend/portable/modern.ts';
import { modernPlugin } from '../../src/modern-plugin.ts';
import { toBase64 } from '../fixtures.ts';

export { native, portable };

/** A backend and the readers of keys on it. */
export interface ModernSubject extends IdentityContext {
  readonly backend: ModernBackend;
}

export function modernSubjectOf(backend: ModernBackend): ModernSubject {
  return { ...createIdentityContext({ plugins: [modernPlugin({ backend })] }), backend };
}

/** For `describe.each`: the backend's name, and what is tested on it. */
export const subjects: readonly (readonly [string, ModernSubject])[] = [
  ['native', modernSubjectOf(native)],
  ['portable', modernSubjectOf(portable)],
];

/** A key map. */
export function mapOf(algorithm: string, bytes: Uint8Array): JsonMap & { readonly data: string } {
  return { algorithm, data: toBase64(bytes) };
}

/** Bytes that are always the same and look like any. */
export function bytesFrom(start: number, length: number): Uint8Array {
  return new Uint8Array(length).map((_, index) => (start + index * 37) & 0xff);
}
