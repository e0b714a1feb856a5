/** A client of a page: everything is kept in memory, as it is where somebody only looks in. */
import { createDim, TextContent } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { clientPlugin, createClient, MemoryClientStore, webSocketTransport } from 'dimsdk';

export const dim = createDim({ plugins: [standardPlugin(), clientPlugin] });
export { createClient, MemoryClientStore, TextContent, webSocketTransport };
