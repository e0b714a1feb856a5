/** The one place where this application chooses what it understands. */
import { createDim } from 'dimp';
import { standardPlugins } from 'dimplugins';

export const dim = createDim({ plugins: [standardPlugins()] });
