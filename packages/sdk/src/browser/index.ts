/** `dimsdk/browser`: a store in IndexedDB. */
