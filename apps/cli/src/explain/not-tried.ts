/** Why nobody tried to open a message, in the words of this program: the library knows of no home. */
import type { MessageExplanation } from 'dimp';
import type { Call } from '../command/call.ts';
import { homeOf } from '../home/home.ts';
import type { OpenHome } from '../home/open-home.ts';
import { printable } from '../text/printable.ts';

/** The reason, and what to do. */
export function whyNotTried(call: Call, open: OpenHome | undefined, isLocked: boolean): string {
  if (open === undefined || open.users.length === 0)
    return `It was not opened: there is no identity in ${printable(homeOf(call).path)}. Name another home with --home FOLDER, or DIM_HOME.`;
  if (isLocked)
    return 'It was not opened: that takes the passphrase of this home. Say --open, or give the passphrase, to see whether it opens here.';
  return `It was not opened: it names none of the ${open.users.length} identities of this home. Say for which one with --as ID.`;
}

/** The explanation with this reason, where it was not tried. */
export function withReason(explanation: MessageExplanation, says: string): MessageExplanation {
  if (explanation.opening.is !== 'not-tried') return explanation;
  return { ...explanation, steps: explanation.steps.map((step) => (step.of === 'opening' ? { ...step, says } : step)) };
}
