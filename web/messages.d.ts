// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * What is wrong with a field.
 */
export interface FieldProblem {
  field: string;
  message: string;
}

/**
 * A problem document, in the caller's language.
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: FieldProblem[];
}
