/** How private keys are sealed. */
import type { PassphraseVaultOptions } from 'dimsdk';
import { nodeScrypt } from 'dimsdk/node';
import type { CommandContext } from '../command/command-context.ts';

/** In a thread of its own; as costly as the vault has it, where the context does not say less. */
export function sealingFor({ sealingCost }: Pick<CommandContext, 'sealingCost'>): PassphraseVaultOptions {
  return { scrypt: nodeScrypt, ...(sealingCost !== undefined && { cost: sealingCost }) };
}
