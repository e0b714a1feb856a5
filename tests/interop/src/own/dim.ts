/** The implementation of this repository, with the commands of stations too. */
import { createDim, networkPlugin } from 'dimp';
import { standardPlugins } from 'dimplugins';

export const dim = createDim({ plugins: [standardPlugins(), networkPlugin] });

/** A content as this context reads it. */
export type Known = ReturnType<typeof dim.Content.parse>;
