/** Shows the finished site on this machine: `npm run site:preview`, after `npm run site`. */
import { serveSite } from './server.ts';

const { url } = await serveSite(4173);
console.log(`The site is at ${url}. Ctrl+C ends it.`);
