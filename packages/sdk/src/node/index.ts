/** `dimsdk/node`: a store in SQLite, TCP, and WebSockets where Node has none. */
export { nodeScrypt } from './scrypt.ts';
export { fileSource } from './file-source.ts';
export { fileSink } from './file-sink.ts';
export { fileSpool } from './file-spool.ts';
