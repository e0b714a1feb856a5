/** What the tests print: a line for each thing that is tested, and the counts last. */

/** What came of one thing that is tested. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failures: readonly string[];
  /** Said beside the counts. */
  readonly note?: string;
}

/** Prints outcomes as they come, and counts them. */
export class Report {
  #passed = 0;
  #failed = 0;

  title(text: string): void {
    console.log(text);
  }

  add({ name, passed, failures, note }: Outcome): void {
    const remark = note === undefined ? '' : `  ${note}`;
    console.log(`  ${name.padEnd(28)} ${passed} passed, ${failures.length} failed${remark}`);
    for (const failure of failures) console.log(`    ${failure.split('\n').slice(0, 12).join('\n    ')}`);
    this.#passed += passed;
    this.#failed += failures.length;
  }

  /** One check, which passes or throws. What it returns stands beside it. */
  async check(name: string, run: () => string | void | Promise<string | void>): Promise<void> {
    try {
      const note = await run();
      this.add({ name, passed: 1, failures: [], ...(typeof note === 'string' && { note }) });
    } catch (error) {
      this.add({ name, passed: 0, failures: [error instanceof Error ? error.message : String(error)] });
    }
  }

  /** Prints the counts. Nothing at all is no success. */
  finish(): boolean {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 && this.#passed > 0;
  }
}
