// Written by `python -m tests.messages` from the types beside it: change those.

/**
 * All lists of the desk by their keys, the stage control's facts, and what is kept.
 */
export interface Lists {
  inbox: import("../questions/question_board/messages.js").Listed;
  stage: import("../questions/question_board/messages.js").Listed;
  queue: import("../questions/question_board/messages.js").Listed;
  control: import("./stage_control/messages.js").Facts;
  kept: import("../questions/question_board/messages.js").Kept[];
}
