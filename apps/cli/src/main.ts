#!/usr/bin/env node
/** The executable `dim`. */
import { processContext } from './command/process-context.ts';
import { runProgram } from './program.ts';

process.exitCode = await runProgram(processContext());
