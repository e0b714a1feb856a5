/** A contract test for authors of stores for clients. It needs dimsdk beside dimp. */
export {};
