/** What everybody here understands. */
import { createDim } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { clientPlugin, type Client } from 'dimsdk';

export const dim = createDim({ plugins: [standardPlugin(), clientPlugin], wireShape: 'deployed' });

/** A client of somebody here. */
export type ChatClient = Client<ReturnType<typeof dim.Content.parse>>;
