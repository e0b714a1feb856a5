/** Tests need no protection from those who guess. */
export const CHEAP = { cost: 2 ** 4, lowestCost: 2 ** 4 } as const;
