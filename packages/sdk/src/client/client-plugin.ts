/** What a client must be able to read beside the protocol's core. */
import { definePlugin, stationPlugin } from 'dimp';
import { sentDefinition } from '../device/sent-content.ts';

/**
 * Adds the commands between clients and stations, those of `stationPlugin`, and what the devices of one person tell each other.
 * In place of `stationPlugin`, not beside it.
 *
 * @example
 * ```ts
 * import { createDim } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 * import { clientPlugin } from 'dimsdk';
 *
 * const dim = createDim({ plugins: [standardPlugin(), clientPlugin], wireShape: 'deployed' });
 * ```
 */
export const clientPlugin = /* @__PURE__ */ (() =>
  definePlugin('client', [...stationPlugin.definitions, sentDefinition]))();
