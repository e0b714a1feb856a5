/** The core of a chat on the portable backend by its name, which has the modern one beside it. */
import { createDim, MemoryStore, TextContent } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { portableBackend } from 'dimplugins/backends/portable';

export const dim = createDim({ plugins: [standardPlugin({ backend: portableBackend })] });
export { MemoryStore, TextContent };
