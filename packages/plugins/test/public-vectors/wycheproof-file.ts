/** The files of Project Wycheproof: groups of cases, each of which is valid, invalid or acceptable. */
import type { Subject } from './backends.ts';

/** One case. The fields beside the first four depend on the file. */
export interface WycheproofCase {
  readonly tcId: number;
  readonly flags: readonly string[];
  readonly comment: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly msg: string;
  readonly sig: string;
  readonly ct: string;
  readonly iv: string;
  readonly key: string;
  readonly tag: string;
  readonly aad: string;
  readonly public: string;
  readonly private: string;
  readonly shared: string;
}

/** Cases of one key. */
export interface WycheproofGroup {
  readonly sha: string;
  /** In bits, as are the next two. */
  readonly keySize: number;
  readonly tagSize: number;
  readonly ivSize: number;
  readonly publicKey: { readonly pk: string };
  readonly publicKeyPem: string;
  readonly publicKeyDer: string;
  readonly privateKeyPem: string;
  readonly tests: readonly WycheproofCase[];
}

export interface WycheproofFile {
  readonly numberOfTests: number;
  readonly testGroups: readonly WycheproofGroup[];
}

/** Runs the cases of a file. */
export type Suite = (subject: Subject, file: WycheproofFile) => Promise<Outcomes>;

/** The outcomes of the cases beside what they should be: one comparison shows all that differ. */
export class Outcomes {
  readonly found: unknown[] = [];
  readonly expected: unknown[] = [];

  add({ tcId, flags }: WycheproofCase, found: unknown, expected: unknown): void {
    this.found.push([tcId, flags, found]);
    this.expected.push([tcId, flags, expected]);
  }
}
