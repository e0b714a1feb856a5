/** The core of a chat with the modern keys. */
import { createDim, MemoryStore, TextContent } from 'dimp';
import { standardPlugins } from 'dimplugins';
import { modernPlugins } from 'dimplugins/modern';

export const dim = createDim({ plugins: [standardPlugins(), modernPlugins()] });
export { MemoryStore, TextContent };
