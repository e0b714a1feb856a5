/** Whom the station's operator has given names (ANS). Nobody has this identity. */
export const ASSISTANT = 'assistant@2oNdUGxse1wtwAKNsyxnEV1L18TSYC1ubP';

export const STATION_NAMES: Readonly<Record<string, string>> = { archivist: ASSISTANT, assistant: ASSISTANT };
