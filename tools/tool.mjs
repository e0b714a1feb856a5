/**
 * Runs a tool of the workspace, which was built before: `node tools/tool.mjs FOLDER OPTION...`. `--help` shows the comment on
 * top of its source, and options that it cannot take end in a line instead of a stack.
 */
import { readFileSync } from 'node:fs';

/** What is wrong with the options, and no fault of the tool. */
const USAGE = /^(ERR_PARSE_ARGS_|ENOENT$|ENOTDIR$)/;

// From here on the tool sees its own options only.
const [folder] = process.argv.splice(2, 1);
if (process.argv.includes('--help')) {
  const [, comment = ''] =
    /\/\*\*(.*?)\*\//s.exec(readFileSync(`${import.meta.dirname}/../${folder}/src/main.ts`, 'utf8')) ?? [];
  console.log(
    comment
      .replaceAll(/^ *\* ?/gm, '')
      .replaceAll('`', '')
      .trim(),
  );
} else {
  try {
    await import(`../${folder}/dist/main.js`);
  } catch (error) {
    if (!USAGE.test(error?.code)) throw error;
    console.error(`${error.message}\n--help says what can be given`);
    process.exitCode = 2;
  }
}
