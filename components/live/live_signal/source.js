// Reads what is drawn on a page as soon as there is news: that is sooner than the page can run again
// for it, which it does now and then besides, should a reading fail.

const READS_FOR = 3000;

/** @template Read */
export class Source {
  /** @type {string | null} */
  address = null;
  // What is asked for besides, as it stands when it is read.
  besides = () => "";
  changes = 0;
  isReading = false;
  /** @type {number} */
  wanted;

  /**
   * @param {(read: Read) => void} take is given what was read
   * @param {(revision: number) => boolean} isNews is given the revision that is told of
   */
  constructor(take, isNews = () => true) {
    this.take = take;
    this.isNews = isNews;
    /** @param {DocumentEventMap["dialogue-changed"]} event */
    this.hear = ({ detail }) => this.follow(detail.revision);
    document.addEventListener("dialogue-changed", this.hear);
  }

  get whole() {
    return this.address + this.besides();
  }

  /**
   * What changes while something is read is read next.
   *
   * @param {number} revision
   */
  async follow(revision) {
    if (!this.isNews(revision)) return;
    this.wanted = Math.max(revision, this.wanted ?? revision);
    this.changes += 1;
    if (this.isReading) return;
    this.isReading = true;
    let read = 0;
    while (read < this.changes && this.isNews(this.wanted)) {
      read = this.changes;
      await this.read();
    }
    this.isReading = false;
  }

  async read() {
    const { address } = this;
    if (!address) return;
    try {
      const answer = await fetch(this.whole, { signal: AbortSignal.timeout(READS_FOR) });
      const read = answer.ok ? await answer.json() : null;
      // What was asked for may be something else by now.
      if (read && address === this.address) this.take(read);
    } catch (error) {
      console.info("What is drawn could not be read now.", error);
    }
  }

  stop() {
    this.address = null;
    document.removeEventListener("dialogue-changed", this.hear);
  }
}
