/** The same with the commands that clients exchange with stations. */
import { createDim, MemoryStore, stationPlugin, TextContent } from 'dimp';
import { standardPlugin } from 'dimplugins';

export const dim = createDim({ plugins: [standardPlugin(), stationPlugin] });
export { MemoryStore, TextContent };
