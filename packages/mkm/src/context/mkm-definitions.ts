/** What this layer defines itself: broadcast addresses, visas, bulletins. */
import { Bulletin } from '../documents/bulletin.ts';
import { defineDocument } from '../documents/document-definition.ts';
import { Visa } from '../documents/visa.ts';
import { definePlugin } from '../extension/plugin.ts';
import { broadcastAddressDefinition } from '../identity/broadcast-identifiers.ts';

/** What every context has before any plugin. */
export const mkmDefinitions = /* @__PURE__ */ definePlugin('mkm', [
  broadcastAddressDefinition,
  /* @__PURE__ */ defineDocument({ type: 'visa', class: Visa }),
  /* @__PURE__ */ defineDocument({ type: 'bulletin', class: Bulletin }),
  // The name of both before there were two.
  /* @__PURE__ */ defineDocument({
    type: 'profile',
    read: (init) => (init.did.isGroup ? new Bulletin(init) : new Visa(init)),
  }),
]);
