/** `dimsdk/internal`: what the packages of this repository share. It may change with any version. */
