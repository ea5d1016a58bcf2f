// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What the boxes to tick are called.
 */
export interface Labels {
  all: string;
  row: string;
}

/**
 * What is drawn; of a table in which something is chosen, each row has an id.
 */
export interface Data {
  alt: string;
  language: string;
  columns: string[];
  rows: ((string | [string, number])[])[];
  ids: number[];
  chooses: "none" | "one" | "several";
  height: number | null;
  labels: Labels;
  chosen?: number[];
}
