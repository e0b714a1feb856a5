#!/usr/bin/env node
/** The executable `dim`. */
import module from 'node:module';

// Compiling takes a third of the start: later versions of Node keep what comes of it.
const { enableCompileCache } = module as { readonly enableCompileCache?: () => unknown };
enableCompileCache?.();

const { start } = await import('./start.ts');
await start();
