/** The same with the commands that clients exchange with stations. */
import { createDim, MemoryStore, networkPlugin, TextContent } from 'dimp';
import { standardPlugins } from 'dimplugins';

export const dim = createDim({ plugins: [standardPlugins(), networkPlugin] });
export { MemoryStore, TextContent };
