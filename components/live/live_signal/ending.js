// The framework calls a component for each message, and ends a call that a newer one has overtaken
// only after the newer one, as on a busy machine. That must not stop what is drawn.

/** @type {WeakMap<object, number>} */
const calls = new WeakMap();

/**
 * Return what to give back from a call: it stops what stands in a place unless a newer call was made
 * there.
 *
 * @param {object} place
 * @param {() => void} stop
 */
export function unlessOvertaken(place, stop) {
  const call = (calls.get(place) ?? 0) + 1;
  calls.set(place, call);
  return () => {
    if (calls.get(place) === call) stop();
  };
}
