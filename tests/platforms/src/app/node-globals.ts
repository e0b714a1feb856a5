/** What only Node has. */

/** The names of Node's globals that there are here: none, where the packages must do without. */
export function nodeGlobals(): readonly string[] {
  return ['Buffer', 'process', 'require', 'global', 'setImmediate'].filter((name) => name in globalThis);
}
