/** `npm start -- --web`: a chat in the browser, on a station of this machine that keeps nothing afterwards. */
import { buildPage } from './build-page.ts';
import { serveChat } from './serve-chat.ts';

/** @returns the exit code */
export async function runWeb({ json }: { readonly json: boolean }): Promise<number> {
  return serveChat(await buildPage(), (place) => {
    const text = `A chat in the browser: ${place.chat}
Each profile or private window is somebody else there. From a terminal: dim chat --station ${place.station}
Ctrl+C ends it, and removes what the station has.`;
    process.stdout.write(`${json ? JSON.stringify(place) : text}\n`);
  });
}
