/** The core of a chat: all contents, all old keys, the whole way from a text to a package and back. */
import { createDim, MemoryStore, TextContent } from 'dimp';
import { standardPlugin } from 'dimplugins';

export const dim = createDim({ plugins: [standardPlugin()] });
export { MemoryStore, TextContent };
