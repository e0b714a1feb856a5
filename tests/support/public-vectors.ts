/**
 * Test vectors that other people publish. They are not part of this repository: the folder is
 * `../shared/public-vectors` beside it, or the one that PUBLIC_VECTORS_DIR names. Without it these tests are skipped.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from '@jest/globals';

const repository = new URL('../..', import.meta.url).pathname;
const root = resolve(repository, process.env['PUBLIC_VECTORS_DIR'] ?? '../shared/public-vectors');

/** A folder of vectors that is there. */
export class VectorFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The names of its files, sorted. */
  names(): readonly string[] {
    return readdirSync(this.#path).toSorted();
  }

  bytes(name: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.#path, name)));
  }

  /** A file as JSON; the caller knows its shape. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
  json<T>(name: string): T {
    return JSON.parse(readFileSync(join(this.#path, name), 'utf8')) as T;
  }
}

/** Tests with the vectors of a folder; skipped, with the reason, where it is missing. */
export function describeVectors(title: string, folder: string, tests: (vectors: VectorFolder) => void): void {
  const path = join(root, folder);
  if (existsSync(path)) {
    // oxlint-disable-next-line jest/valid-title
    describe(title, () => {
      tests(new VectorFolder(path));
    });
    return;
  }
  // oxlint-disable-next-line jest/no-disabled-tests, jest/expect-expect
  test.skip(`${title}: there is no folder ${path} (set PUBLIC_VECTORS_DIR)`, () => undefined);
}
