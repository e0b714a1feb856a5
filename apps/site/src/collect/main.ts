/** Collects the pages: `node dist/src/collect/main.js`, before VitePress reads them. */
import { collect } from './collect.ts';

console.log(`${collect()} pages collected`);
