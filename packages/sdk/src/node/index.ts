/** `dimsdk/node`: a store in SQLite, TCP, and WebSockets where Node has none. */
export { nodeScrypt } from './scrypt.ts';
