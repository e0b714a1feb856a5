/** The same with private keys that are sealed, and that can be taken to another device. */
import { createDim, TextContent } from 'dimp';
import { standardPlugin } from 'dimplugins';
import {
  addLocalUser,
  clientPlugin,
  createClient,
  exportIdentity,
  importIdentity,
  localUsers,
  passphraseVault,
  webSocketTransport,
} from 'dimsdk';
import { openIndexedDbStore } from 'dimsdk/browser';

export const dim = createDim({ plugins: [standardPlugin(), clientPlugin] });
export { addLocalUser, exportIdentity, importIdentity, localUsers, passphraseVault };
export { createClient, openIndexedDbStore, TextContent, webSocketTransport };
