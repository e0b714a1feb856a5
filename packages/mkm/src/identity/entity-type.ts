/** Entity types: the network byte of an address. Bit 0 set: a group. Bit 7 set: broadcast. */

/** The entity types of the protocol. Others occur: test bits with {@link isGroupType} and {@link isBroadcastType}. */
export const EntityType = {
  USER: 0x00,
  GROUP: 0x01,
  STATION: 0x02,
  ISP: 0x03,
  BOT: 0x04,
  ICP: 0x05,
  SUPERVISOR: 0x06,
  COMPANY: 0x07,
  CA: 0x08,
  APP_USER: 0x40,
  APP_GROUP: 0x41,
  ANY: 0x80,
  EVERY: 0x81,
} as const;

/** Addresses made before version 1 carry these bytes. */
const LEGACY_TYPES: ReadonlyMap<number, number> = /* @__PURE__ */ new Map([
  [0x08, EntityType.USER],
  [0x10, EntityType.GROUP],
  [0x30, EntityType.GROUP],
  [0x88, EntityType.STATION],
  [0x76, EntityType.ISP],
  [0xc8, EntityType.BOT],
]);

/** The entity type that a network byte of before version 1 stood for; other bytes stand for themselves. */
export function fromLegacyNetwork(network: number): number {
  return LEGACY_TYPES.get(network) ?? network;
}

/** Whether entities of this type are groups. */
export function isGroupType(type: number): boolean {
  return (type & 0x01) !== 0;
}

/** Whether a message to an entity of this type goes to anyone, unencrypted. */
export function isBroadcastType(type: number): boolean {
  return (type & 0x80) !== 0;
}
