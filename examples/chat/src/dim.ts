/** The one place where this application chooses what it understands. */
import { createDim } from 'dimp';
import { standardPlugin } from 'dimplugins';

export const dim = createDim({ plugins: [standardPlugin()] });
