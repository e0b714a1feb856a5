/** A station with a file service, as a process: `node station-child.js FOLDER`. It prints a line of JSON when it listens. */
import { runStationCommand } from 'dimstation/command';

const [folder = ''] = process.argv.slice(2);
const options = { data: folder, port: '0', 'admin-port': '0', 'file-bytes': '8MiB', 'files-total-bytes': '512MiB' };

process.exitCode = await runStationCommand({
  name: 'station',
  arguments: ['start', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])],
  environment: {},
});
