/** The commands about groups. */
export const groupCommands = [] as const;
