/** A target: something that reads what a peer sent, and what must hold whatever that is. */

export interface Target {
  readonly name: string;
  /** Whether inputs are JSON texts, which are mostly changed as the values that they are. */
  readonly isJson: boolean;
  /** Inputs to begin with. */
  readonly seeds: readonly Uint8Array[];
  /**
   * Runs an input.
   * @throws Finding when a rule is broken; anything else that is thrown is a finding too
   */
  run(input: Uint8Array): void | Promise<void>;
}
