/** The implementation of this repository, with the commands of stations too. */
import { createDim, stationPlugin } from 'dimp';
import { standardPlugin } from 'dimplugins';

export const dim = createDim({ plugins: [standardPlugin(), stationPlugin] });

/** A content as this context reads it. */
export type Known = ReturnType<typeof dim.Content.parse>;
