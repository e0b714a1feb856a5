#!/usr/bin/env node
/** The executable `dim`. */
import module from 'node:module';

// Compiling takes a third of the start: later versions of Node keep what comes of it.
const { enableCompileCache } = module as { readonly enableCompileCache?: () => unknown };
enableCompileCache?.();

const { processContext } = await import('./command/process-context.ts');
const { runProgram } = await import('./program.ts');
process.exitCode = await runProgram(processContext());
