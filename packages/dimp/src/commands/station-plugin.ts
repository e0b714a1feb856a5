/** The commands between clients and stations that deployed networks use beside the protocol's core. */
import { definePlugin } from 'dkd';
import { ansDefinition } from './ans.ts';
import { blockDefinition } from './block.ts';
import { handshakeDefinition } from './handshake.ts';
import { loginDefinition } from './login.ts';
import { muteDefinition } from './mute.ts';
import { pushDefinition } from './push.ts';
import { reportDefinition } from './report.ts';
import { searchDefinition } from './search.ts';
import { storageDefinition } from './storage.ts';

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
