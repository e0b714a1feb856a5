/** What can be given to `pnpm fuzz`. */
import { availableParallelism } from 'node:os';
import { defineCommand } from 'runner/command';
import { anyOf, flag, numberOf, valued, wholeNumberOf } from 'runner/option-kinds';
import { existingFile, folderToFill } from 'runner/paths';
import { targets } from './targets/index.ts';

const JOBS = Math.min(2, availableParallelism());

export const FUZZ = defineCommand({
  name: 'pnpm fuzz',
  about:
    'Looks for inputs that hurt: a line for each target, and what was found. What was found is in tests/fuzz/findings.',
  options: {
    target: anyOf('target', ['all', ...targets.keys()], 'what is tried'),
    seconds: valued('N', 'for how long each target is tried; 0 makes the same runs every time', numberOf, {
      fallback: 60,
      or: '60',
    }),
    jobs: valued('N', 'so many targets at a time', wholeNumberOf, { fallback: JOBS, or: String(JOBS) }),
    seed: valued('N', 'makes the same choices again', wholeNumberOf),
    runs: valued('N', 'the least number of runs of each target', wholeNumberOf, { fallback: 1500, or: '1500' }),
    corpus: valued('DIR', 'begins with what is in this folder too, and adds what is new to it', folderToFill),
    distill: flag('makes the corpus of this repository the fewest inputs that reach what all of them reach'),
    replay: valued('FILE', 'runs one input again, with the one --target', existingFile),
  },
  examples: [
    ['', 'every target for a minute'],
    ['--target keys,codecs --seconds 600', 'two targets for ten minutes'],
    ['--seconds 10 --seed 1', 'every target for ten seconds, with choices that were made before'],
  ],
  check: ({ replay, target }) =>
    replay !== undefined && (target.length !== 1 || target.includes('all'))
      ? '--replay: give the one --target that the input is for'
      : undefined,
});
