/** What classes ask of whoever makes one: nobody outside of this package has it. */
import { DimError } from './dim-error.ts';

/** The first argument of their constructors. Outside, `create` and the codecs make values. */
export const MADE_HERE: unique symbol = Symbol('made by mkm');

/** @throws DimError `USAGE_ARGUMENT` */
export function requireMadeHere(made: unknown): void {
  if (made !== MADE_HERE)
    throw new DimError('USAGE_ARGUMENT', 'is made by parse(), create() and the codecs of a context');
}
