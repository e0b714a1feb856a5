/**
 * The contents that are neither files nor commands. Those of applications are read by the application and its module:
 * see application.ts and customized.ts.
 */
import { arrayDefinition } from './array.ts';
import { combineForwardDefinition } from './combine-forward.ts';
import { forwardDefinition } from './forward.ts';
import { moneyDefinition } from './money.ts';
import { nameCardDefinition } from './name-card.ts';
import { pageDefinition } from './page.ts';
import { quoteDefinition } from './quote.ts';
import { textDefinition } from './text.ts';
import { transferDefinition } from './transfer.ts';

export const standardContents = [
  textDefinition,
  pageDefinition,
  nameCardDefinition,
  quoteDefinition,
  moneyDefinition,
  transferDefinition,
  arrayDefinition,
  combineForwardDefinition,
  forwardDefinition,
] as const;
