// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What is told besides a figure: what it shows, where Plotly is, and how it is to behave.
 */
export interface Frame {
  alt: string;
  script: string;
  config: Record<string, unknown>;
}

/**
 * What the browser needs to know of how a figure is laid out.
 */
export interface Layout {
  height: number;
  font: Record<string, unknown>;
}

/**
 * A figure, as Plotly writes it.
 */
export interface Plot {
  data: unknown[];
  layout: Layout;
}

/**
 * All that a chart is given.
 */
export interface Figure {
  alt: string;
  script: string;
  config: Record<string, unknown>;
  figure: Plot;
}
