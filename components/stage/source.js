// Reads a screen's picture as soon as its event changes: that is sooner than the page can run again
// for it, which it does every few seconds besides, should a reading fail.

const READS_FOR = 3000;

class Source {
  constructor(take) {
    this.take = take;
    this.changes = 0;
    this.isReading = false;
    this.hear = () => this.follow();
    document.addEventListener("dialogue-changed", this.hear);
  }

  // What changes while something is read is read next.
  async follow() {
    this.changes += 1;
    if (this.isReading) return;
    this.isReading = true;
    let read = 0;
    while (read < this.changes) {
      read = this.changes;
      await this.read();
    }
    this.isReading = false;
  }

  async read() {
    const address = this.address;
    if (!address) return;
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(READS_FOR) });
      if (answer.ok && address === this.address) this.take(await answer.json());
    } catch (error) {
      console.info("The picture could not be read now.", error);
    }
  }

  stop() {
    document.removeEventListener("dialogue-changed", this.hear);
  }
}
