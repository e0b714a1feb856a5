/** Who uses a link is told what happens to it. */
import type { Logger } from 'dimsdk';
import type { LinkUser } from '../ports/link.ts';

/** Whom a link has before its start, and after its end. */
export const NOBODY: LinkUser = Object.freeze({
  receive: () => undefined,
  drained: () => undefined,
  ended: () => undefined,
});

/** Whoever uses a link may fail: that is no reason for the process, or another link, to end. */
export function tellUser(logger: Logger, framing: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    try {
      logger.error('the user of a link failed', {
        framing,
        error: error instanceof Error ? error.message : typeof error,
      });
    } catch {
      // There is nobody to tell.
    }
  }
}
