/** The context of all commands. */
import { createDim, type Dim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';
import { clientPlugin } from 'dimsdk';

/** Reads all that others write, and writes what deployed clients read. */
export const dim = createDim({
  plugins: [standardPlugin(), modernPlugin(), clientPlugin],
  wireShape: 'deployed',
});

/** Its type. */
export type CliDim = typeof dim;
export type { Dim };
