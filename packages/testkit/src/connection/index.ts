/** A contract test for authors of transports. It needs dimsdk beside dimp. */
export {};
