/** What a fake engine gives, and how it refuses. */
import { readRecoveryWords } from 'dimsdk/words';
import { EngineError } from '../../src/link/engine-link.ts';
import type { Failure } from '../../src/protocol/views.ts';
import { fakeId } from './people.ts';

/** The one passphrase of the fake, until it is changed. */
export const PASSPHRASE = 'correct horse';

export function refused(code: string, reason: string, path?: string): EngineError {
  return new EngineError({ code, reason, path });
}

export function readWords(words: string): void {
  try {
    readRecoveryWords(words);
  } catch (error) {
    const { code, path, reason } = error as Failure;
    throw new EngineError({ code, path, reason });
  }
}

/** As large as one of somebody with some contacts. */
export function armour(): string {
  const lines = Array.from({ length: 60 }, (_, line) => fakeId(`line ${line}`, '').padEnd(64, 'Ab3/'));
  return `-----BEGIN DIM IDENTITY-----\n${lines.join('\n')}\n-----END DIM IDENTITY-----\n`;
}

/** A picture that is small, and one. */
export function picture(): Blob {
  const base64 = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  return new Blob([Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0)]);
}

export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

export function shortly(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 600));
}
