/** The contents that carry a file. */
export const fileContents = [] as const;
