/** Whom the station's operator has given names (ANS). Nobody has this identity. */
export const STATION_NAMES = { archivist: '0x90F8bf6A479f320ead074411a4B0e7944Ea8c9C1' };
