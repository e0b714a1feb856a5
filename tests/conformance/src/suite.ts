/** A suite turns the cases of one vector file into checks that can fail. */
import { DimError } from 'dimp';

/** One check: it passes, or throws. */
export interface Check {
  readonly name: string;
  run(): void | Promise<void>;
}

/** Says something about a file that is neither passed nor failed. */
export type Note = (text: string) => void;

/** Reads another file of the same directory: documents name the keys of `asymmetric-keys.json`. */
export type LoadFile = (name: string) => unknown;

/** The checks of one vector file, in order. */
export type Suite = (file: unknown, load: LoadFile, note: Note) => readonly Check[] | Promise<readonly Check[]>;

/** Something must be refused with a DimError. Any other error, or none, fails the check. */
export async function refuses(action: () => unknown, what: string): Promise<DimError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof DimError) return error;
    throw new Error(`${what} ended with an error that is no DimError`, { cause: error });
  }
  throw new Error(`${what} was accepted`);
}
