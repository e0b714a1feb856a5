/** How things look on this terminal: signs that it can show, colors that its reader wants. */
import type { CommandContext, Output } from '../command/command-context.ts';
import { styleFor, type Style } from '../text/style.ts';
import type { DeliveryState } from 'dimsdk';

/** Signs. */
export interface Signs {
  /** Two columns each. */
  readonly marks: Readonly<Record<DeliveryState, string>>;
  readonly rule: string;
  readonly ellipsis: string;
}

const UNICODE: Signs = {
  marks: { queued: '· ', sent: '✓ ', delivered: '✓✓', failed: '✗ ' },
  rule: '─',
  ellipsis: '…',
};

const ASCII: Signs = {
  marks: { queued: '. ', sent: '+ ', delivered: '++', failed: '! ' },
  rule: '-',
  ellipsis: '..',
};

/** What a renderer is told. */
export interface Look {
  readonly signs: Signs;
  readonly style: Style;
}

/** The look of an output. */
export function lookOf(output: Pick<Output, 'isTTY'>, context: Pick<CommandContext, 'environment'>): Look {
  return { signs: isUnicode(context) ? UNICODE : ASCII, style: styleFor({ output, environment: context.environment }) };
}

/** Whether the locale has more than ASCII. */
function isUnicode({ environment }: Pick<CommandContext, 'environment'>): boolean {
  if (process.platform === 'win32') return true;
  const locale = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find(
    (one) => (one ?? '') !== '',
  );
  return /utf-?8/i.test(locale ?? '');
}
