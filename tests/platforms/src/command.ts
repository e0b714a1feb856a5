/** What can be given to `pnpm platforms`. */
import { defineCommand } from 'runner/command';

/** The parts, and what each tests. */
export const PARTS = {
  browser: 'all vectors in a page and in a worker of Chromium, and messages between a page and Node',
  'browser-store': 'the store of dimsdk/browser in Chromium, with other tabs, crashes and a quota',
  runtimes: 'import, require, messages and vectors on each version of Node, on Deno and Bun',
  peers: 'what dimsdk does without its optional peers, and what it says of them',
  consumers: "other people's projects, under every compiler and setup",
  sizes: 'whether every application stays within its budget of bytes',
  imports: 'whether importing takes no longer than its budget',
  doors: 'each door of dimtestkit, where nothing is installed but what it needs',
  purity: 'what the packages take from Node',
  'command-line': 'the command `dim` on each version of Node, and how fast it starts',
  contents: 'which files are in the packages',
  copies: 'two copies of the packages in one tree',
  bundlers: 'the fifteen lines of the README, as Vite, webpack, esbuild and Metro bundle them, for Electron too',
  'test-runners': 'the same as a test of Jest and of Vitest, on Node and with jsdom',
  installers: 'what each README begins with, by npm, pnpm, Yarn and Bun, from a registry on this machine',
} as const;

export type PartName = keyof typeof PARTS;

export const PLATFORMS = defineCommand({
  name: 'pnpm platforms',
  about:
    'Tests the packages as they would be published: a line for each thing that is tested, and `N passed, N failed` last.',
  options: {},
  words: { what: 'part', choices: PARTS },
  examples: [
    ['runtimes', 'on every runtime'],
    ['sizes imports', 'whether they have grown'],
  ],
});
