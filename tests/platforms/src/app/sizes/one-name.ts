/** Next to nothing of `dimsdk`: what is not imported is not there. */
export { silentLogger } from 'dimsdk';
