/** A context, and a short way to look at errors. */
import { standardPlugin } from 'dimplugins';
import { createDim } from '../src/index.ts';

export { errorOf } from '../../../tests/support/error-of.ts';

export const dim = createDim({ plugins: [standardPlugin()] });
