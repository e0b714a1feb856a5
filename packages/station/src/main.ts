#!/usr/bin/env node
/** The executable `dimstation`. */
import { processContext } from './operation/command/process-context.ts';
import { runCommand } from './operation/command/run-command.ts';
import { startStation } from './operation/start-station.ts';

process.exitCode = await runCommand(processContext(startStation));
