/** This library as a program that other implementations can exchange with. */
import { createOwnSide } from './own/own-side.ts';
import { serve } from './serve.ts';

await serve(createOwnSide());
