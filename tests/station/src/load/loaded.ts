/** Who sends in a load: ten pairs. */
export const LOADED: readonly string[] = Array.from({ length: 20 }, (_, index) => `P${index}`);
