/** A network in memory, to test applications with. It needs dimsdk beside dimp. */
export {};
