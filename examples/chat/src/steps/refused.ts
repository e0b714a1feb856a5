/** What must not be read, and is not. */
import assert from 'node:assert/strict';
import { DimError, type ErrorCode } from 'dimp';
import type { Report } from '../report.ts';

/** Passes when an action fails with exactly this code; if it does not fail, the demo ends. */
export async function refused(
  what: string,
  code: ErrorCode,
  action: () => Promise<unknown>,
  report: Report,
): Promise<void> {
  try {
    await action();
  } catch (error) {
    assert.ok(error instanceof DimError, `${what}: refused by something else than a DimError`);
    assert.equal(error.code, code, `${what}: ${error.message}`);
    report.check(what, error.message);
    return;
  }
  assert.fail(`${what}: it was accepted`);
}
