/** A client of a page that keeps everything in the browser. */
import { createDim, TextContent } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { clientPlugin, createClient, webSocketTransport } from 'dimsdk';
import { openIndexedDbStore } from 'dimsdk/browser';

export const dim = createDim({ plugins: [standardPlugin(), clientPlugin] });
export { createClient, openIndexedDbStore, TextContent, webSocketTransport };
