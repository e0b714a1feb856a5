/** The commands of the protocol's core. */
export const standardCommands = [] as const;
