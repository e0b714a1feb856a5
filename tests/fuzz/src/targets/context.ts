/** The contexts under test: two of the same, so that nothing is found in a cache that reading again should find. */
import { createDim, stationPlugin } from 'dimp';
import { standardPlugin } from 'dimplugins';

export const dim = createDim({ plugins: [standardPlugin(), stationPlugin] });
export const again = createDim({ plugins: [standardPlugin(), stationPlugin] });
