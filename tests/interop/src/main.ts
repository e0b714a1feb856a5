/** The command `pnpm interop`. */
import { runCommand } from 'runner/run-command';
import { INTEROP } from './command.ts';

await runCommand(INTEROP, async (values) => {
  const { exchangeWithPeers } = await import('./exchange-with-peers.ts');
  return exchangeWithPeers(values);
});
