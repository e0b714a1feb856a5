/** Listens on this machine, and prints what comes. The secret is the one that the station has. */
import { pushReceiver } from './receiver.ts';

const { PUSH_SECRET: secret, PORT: port = '8090' } = process.env;
if (secret === undefined) throw new Error('set PUSH_SECRET to what the station was given');
const server = pushReceiver(secret, ({ receiver, aps }) => {
  console.log(`${receiver} (${aps.badge}): ${aps.alert.title} - ${aps.alert.body}`);
});
server.listen(Number(port), '127.0.0.1', () => console.log(`listens on http://127.0.0.1:${port}`));
