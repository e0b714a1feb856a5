/** The commands between clients and stations that deployed networks use beside the protocol's core. */
import { definePlugin } from 'dkd';
import { ansDefinition } from './commands/ans.ts';
import { blockDefinition } from './commands/block.ts';
import { handshakeDefinition } from './commands/handshake.ts';
import { loginDefinition } from './commands/login.ts';
import { muteDefinition } from './commands/mute.ts';
import { pushDefinition } from './commands/push.ts';
import { reportDefinition } from './commands/report.ts';
import { searchDefinition } from './commands/search.ts';
import { storageDefinition } from './commands/storage.ts';

/**
 * Adds the commands between clients and stations: handshake, login, report, ans, mute, block, search, storage, push.
 *
 * @example
 * ```ts
 * import { createDim, stationPlugin } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 *
 * const dim = createDim({ plugins: [standardPlugin(), stationPlugin] });
 * ```
 */
export const stationPlugin = /* @__PURE__ */ definePlugin('station', [
  handshakeDefinition,
  loginDefinition,
  reportDefinition,
  ansDefinition,
  muteDefinition,
  blockDefinition,
  searchDefinition,
  storageDefinition,
  pushDefinition,
]);
