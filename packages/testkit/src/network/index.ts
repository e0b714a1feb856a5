/** A network in memory, to test applications with: a station, what goes wrong, and time. It needs dimsdk beside dimp. */
export { createTestNetwork, type SessionView, type TestNetwork, type TestNetworkOptions } from './test-network.ts';
export { TestClock, type TestClockOptions, type UntilOptions } from './time/test-clock.ts';
export type { CutMoment, NetworkFaults, Seconds } from './chance/faults.ts';
export type { TestConnection } from './link/link-connection.ts';
export type { TestTransport } from './network-links.ts';
export type { NetworkEvent, NetworkLogEntry } from './network-log.ts';
export type { KeptMessage } from './station/message-store.ts';
export type { NetworkQuirks } from './station/quirks.ts';
