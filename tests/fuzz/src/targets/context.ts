/** The contexts under test: two of the same, so that nothing is found in a cache that reading again should find. */
import { createDim, networkPlugin } from 'dimp';
import { standardPlugins } from 'dimplugins';

export const dim = createDim({ plugins: [standardPlugins(), networkPlugin] });
export const again = createDim({ plugins: [standardPlugins(), networkPlugin] });
