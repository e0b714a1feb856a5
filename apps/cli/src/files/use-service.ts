/** `dim file use`. */
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { homeOf, makeHome } from '../home/home.ts';
import { changeSettings } from '../home/settings.ts';
import { printable } from '../text/printable.ts';

/** Chooses the file service of a home. */
export async function useService(call: Call, url: string): Promise<Result> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:')
    throw wrong(`a file service must be a URL with http or https, not ${printable(url)}`);
  const home = homeOf(call);
  makeHome(home);
  await changeSettings(home, { files: url });
  return { json: { files: url }, text: `${printable(home.path)} uploads files to ${printable(url, 1000)}.` };
}
