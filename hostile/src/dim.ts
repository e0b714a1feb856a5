/** The implementation under test. */
import { createDim } from 'dimp';
import { standardPlugins } from 'dimplugins';

export const dim = createDim({ plugins: [standardPlugins()] });
