/** `dim key show`. */
import type { Call, Result } from '../command/call.ts';
import { keyJson, keyText } from './key-facts.ts';
import type { KeyHints } from './key-source.ts';
import { publicOf } from './known-key.ts';
import { readKeyFile } from './read-key.ts';
import { jsonText } from '../text/json-text.ts';

/** As the command takes them. */
export interface ShowKeyOptions extends KeyHints {
  readonly private?: true | undefined;
}

/** Says what a key is. The documented shape is that of `keyJson`, with the maps `public`, and `private` where it was asked for. */
export async function showKey(call: Call, file: string, options: ShowKeyOptions): Promise<Result> {
  const { known, form } = await readKeyFile(call, file, options);
  const half = known.part === 'secret' ? undefined : publicOf(known).key.fields;
  const whole = known.part !== 'public' && options.private === true ? known.key.fields : undefined;
  const maps = [half, whole].filter((map) => map !== undefined);
  return {
    json: { ...keyJson(known, form), public: half ?? null, ...(whole !== undefined && { private: whole }) },
    text: [keyText(known, form), ...maps.map((map) => jsonText(map))].join('\n'),
  };
}
