/** `npm start`: a whole network in one run. `npm start -- --web`: a chat in the browser. With `--json`, for machines. */
import { parseArgs } from 'node:util';
import { takeTour } from './tour.ts';
import { runWeb } from './web/run-web.ts';

const flag = { type: 'boolean', default: false } as const;
const { values } = parseArgs({ options: { json: flag, web: flag } });
process.exitCode = await (values.web ? runWeb(values) : takeTour(values));
