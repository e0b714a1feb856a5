/** `dimsdk/node`: a store in SQLite, TCP, and WebSockets where Node has none. */
export { holdStore } from './hold-store.ts';
export { openSqliteStore, type SqliteStoreOptions } from './open-sqlite-store.ts';
export { nodeScrypt } from './scrypt.ts';
export { fileSource } from './file-source.ts';
export { fileSink } from './file-sink.ts';
export { fileSpool } from './file-spool.ts';
export { TcpStream } from './tcp-stream.ts';
export { tcpTransport, type TcpTransportOptions } from './tcp-transport.ts';
export { webSocketTransport } from './web-socket-transport.ts';
export type { WebSocketTransportOptions } from '../transport/web-socket-transport.ts';
