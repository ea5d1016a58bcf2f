// Whether the server is away, once that is worth a word.

// A connection that is back before anybody would have looked is not.
const LOST_AFTER = 2000;

export class Connection {
  /** @type {number | null} from when on it counts as lost */
  lostAt = null;

  /** @param {boolean} isConnected */
  take(isConnected) {
    this.lostAt = isConnected ? null : (this.lostAt ?? performance.now() + LOST_AFTER);
  }

  isLost() {
    return this.lostAt !== null && performance.now() >= this.lostAt;
  }
}
