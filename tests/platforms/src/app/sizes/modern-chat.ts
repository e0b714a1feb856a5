/** The core of a chat with the modern keys. */
import { createDim, MemoryStore, TextContent } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';

export const dim = createDim({ plugins: [standardPlugin(), modernPlugin()] });
export { MemoryStore, TextContent };
