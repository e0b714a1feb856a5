/** `dimstation/internal`: what the packages of this repository share. It may change with any version. */
export { table, timeText } from './operation/command/tables.ts';
export { createPrivateFile, replacePrivateFile } from './operation/identity/private-file.ts';
export { suggestion } from './operation/options/suggest.ts';
